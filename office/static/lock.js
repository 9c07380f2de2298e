"use strict";
// A page that was left alone covers itself, and what is half typed stays under the cover until the same person is back.
// Without this file the server does the same at the next press: it keeps what was sent until somebody proves to be there.
(() => {
  const cover = document.getElementById("cover");
  if (!cover || !cover.showModal) return;
  const form = cover.querySelector("form");
  const said = cover.querySelector("[role=alert]");
  const proof = form.querySelector("[name=proof]");
  const csrf = form.querySelector("[name=csrf]").value;
  const { base, after } = cover.dataset;
  const EVERY = Math.min(60, Number(after) / 3) * 1000;
  let told = Date.now();
  let timer = 0;

  const post = (path, fields) => fetch(`${base}${path}`, { method: "POST", body: new URLSearchParams({ csrf, ...fields }), headers: { "X-Firstcall-Part": "1" } });

  function shut() {
    if (cover.open) return;
    document.body.classList.add("is-locked");
    said.textContent = "";
    cover.showModal();
  }
  function open() {
    document.body.classList.remove("is-locked");
    if (proof) proof.value = "";
    if (cover.open) cover.close();
    told = Date.now();
    later(Number(after));
    document.dispatchEvent(new CustomEvent("firstcall:unlocked"));
  }
  const later = (seconds) => { clearTimeout(timer); timer = setTimeout(look, Math.max(1, seconds) * 1000 + 500); };

  // Another tab of the same browser may be at work: the server knows.
  async function look() {
    try {
      const answer = await fetch(`${base}/lock/state`, { headers: { "X-Firstcall-Poll": "1" } });
      const state = await answer.json();
      if (!state.signed_in) { location.href = `${base}/sign-in`; return; }
      if (state.locked) { shut(); later(15); return; }
      if (cover.open) open();
      later(state.left);
    } catch { shut(); later(15); }
  }

  // Typing and pointing is being here, although nothing is sent; said at most once a minute.
  function here() {
    if (cover.open || Date.now() - told < EVERY) return;
    told = Date.now();
    post("/still-here", {}).then((answer) => { if (answer.status === 401) look(); else later(Number(after)); }).catch(() => undefined);
  }
  for (const kind of ["keydown", "pointerdown", "input"]) document.addEventListener(kind, here, { passive: true });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await post("/lock", { proof: proof ? proof.value : "" });
      const came = await answer.json();
      if (came.unlocked) { open(); return; }
      if (answer.status !== 403) { location.href = `${base}/sign-in`; return; }
      said.textContent = came.text;
      if (proof) { proof.value = ""; proof.focus(); }
    } catch { said.textContent = "The office does not answer; try again in a moment."; }
  });
  cover.addEventListener("cancel", (event) => event.preventDefault());
  addEventListener("focus", () => { if (cover.open) look(); });
  document.addEventListener("firstcall:locked", look);
  document.body.addEventListener("firstcall:locked", look);
  later(Number(after));
})();
