"use strict";
// An open page stays true: the server says which parts changed, and only those are put in. What somebody types is never
// swept away, the focus stays, and a stream that dropped says so. Without this file every page works by reloading it.
(() => {
  const page = document.querySelector("[data-live]");
  if (!page) return;
  const state = document.getElementById("live-state");
  const LATE = 4000;
  const SAID = 12000;
  const held = new Map();
  let ahead = Number(page.dataset.now) * 1000 - Date.now();
  let lastOrder = "";

  // -- what somebody is in the middle of -----------------------------------------------------------------------------
  const boxes = "input:not([type=hidden], [type=submit]), textarea, select";
  const untouched = (box) =>
    box.type === "checkbox" || box.type === "radio" ? box.checked === box.defaultChecked
    : box.tagName === "SELECT" ? !box.dataset.changed
    : box.value === box.defaultValue;
  const isBusy = (part) => part.dataset.typed !== undefined || [...part.querySelectorAll(boxes)].some((box) => box.type !== "checkbox" && !untouched(box));
  document.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") event.target.dataset.changed = "1";
  });

  // -- putting parts in ----------------------------------------------------------------------------------------------
  const made = (html) => {
    const box = document.createElement("template");
    box.innerHTML = html.trim();
    const one = box.content.firstElementChild;
    if (one.matches(".row")) one.tabIndex = -1; // rows take the focus by keys alone
    return one;
  };

  function keep(old, fresh) {
    for (const one of old.querySelectorAll("details[open][id]")) {
      const same = fresh.querySelector(`#${CSS.escape(one.id)}`);
      if (same) same.open = true;
    }
    for (const one of old.querySelectorAll("input[type=checkbox][id]")) {
      const same = fresh.querySelector(`#${CSS.escape(one.id)}`);
      if (same && !untouched(one)) same.checked = one.checked;
    }
    fresh.hidden = old.hidden;
  }

  function replace(old, html) {
    if (isBusy(old)) {
      held.set(old.id, html);
      old.classList.add("newer-waits");
      if (!old.querySelector(".newer-hint")) {
        old.insertAdjacentHTML("afterbegin", '<p class="newer-hint" role="status">Something changed here. What you type stays; <button type="button" data-newer>show the newer</button></p>');
      }
      return old;
    }
    const fresh = made(html);
    keep(old, fresh);
    old.replaceWith(fresh);
    return fresh;
  }

  function fill(list, wanted, parts) {
    const missing = [];
    let place = list.firstElementChild;
    const ids = new Set(wanted.map((one) => one.slice(0, one.lastIndexOf(":"))));
    for (const child of [...list.children]) if (!ids.has(child.id)) { if (child === place) place = child.nextElementSibling; child.remove(); }
    for (const one of wanted) {
      const cut = one.lastIndexOf(":");
      const [id, print] = [one.slice(0, cut), one.slice(cut + 1)];
      let part = document.getElementById(id);
      if (part && part.parentElement !== list) { part.remove(); part = null; }
      if (!part) {
        if (!(id in parts)) { missing.push(id); continue; }
        part = made(parts[id]);
        if (list.dataset.rows !== undefined) part.classList.add("is-new");
        list.insertBefore(part, place);
        continue;
      }
      if (part.dataset.print !== print) {
        if (id in parts) { const was = part; part = replace(part, parts[id]); if (place === was) place = part; }
        else if (!held.has(id)) missing.push(id);
      }
      if (part === place) place = place.nextElementSibling;
      else list.insertBefore(part, place);
    }
    return missing;
  }

  const idOf = (element) => element && element !== document.body && page.contains(element) ? element.id : "";

  function put(patch) {
    setNow(patch.now);
    const focused = document.activeElement;
    const inRow = focused && focused.closest ? focused.closest("[data-print]") : null;
    const at = { id: idOf(focused), row: inRow ? inRow.id : "", next: neighbours(inRow), list: inRow ? inRow.parentElement.id : "" };
    const before = new Set([...document.querySelectorAll("#rows-act > *")].map((one) => one.id));
    let missing = [];
    for (const [name, wanted] of Object.entries(patch.lists)) {
      const list = document.getElementById(name);
      if (!list) continue;
      missing = missing.concat(fill(list, wanted, patch.parts));
      const band = list.closest(".band");
      if (band && list.dataset.rows !== undefined) band.hidden = !wanted.length && !band.matches(".act, .wait");
    }
    if (at.id || at.row) refocus(focused, at);
    announce(before);
    tick();
    document.dispatchEvent(new CustomEvent("firstcall:parts"));
    return missing;
  }

  // The focus stays on what it was on; where that is gone it goes to the next row of the list, never to the page's top.
  function neighbours(row) {
    const found = [];
    for (let one = row && row.nextElementSibling; one; one = one.nextElementSibling) found.push(one.id);
    for (let one = row && row.previousElementSibling; one; one = one.previousElementSibling) found.push(one.id);
    return found;
  }
  function refocus(focused, at) {
    if (document.activeElement && document.activeElement !== document.body && document.contains(focused)) return;
    const row = at.row && document.getElementById(at.row);
    const stayed = row && row.parentElement.id === at.list;
    const same = at.id && document.getElementById(at.id);
    let target = same && (stayed || !row || document.contains(focused)) ? same : null;
    if (!target && stayed) target = row;
    if (!target) target = at.next.map((id) => document.getElementById(id)).find((one) => one && one.parentElement.id === at.list && !one.hidden) || null;
    if (!target && at.list) {
      const band = document.getElementById(at.list).closest(".band");
      target = band && !band.hidden ? band.querySelector("h2") : document.querySelector(".band.act h2");
    }
    if (target) target.focus({ preventScroll: true });
  }

  // Said aloud: only that somebody new needs a person now.
  function announce(before) {
    const said = document.getElementById("said");
    const act = document.getElementById("rows-act");
    if (!said || !act) return;
    const fresh = [...act.children].filter((row) => !before.has(row.id));
    if (fresh.length) said.textContent = `Act now: ${fresh.map((row) => row.querySelector("h3").textContent.trim()).join(", ")}`;
    const many = document.querySelector(".tally .act b");
    const title = document.title.replace(/^\(\d+\) /, "");
    document.title = many && many.textContent !== "0" ? `(${many.textContent}) ${title}` : title;
  }

  document.addEventListener("click", (event) => {
    if (!event.target.matches || !event.target.matches("[data-newer]")) return;
    const part = event.target.closest("[data-print]");
    const html = held.get(part.id);
    held.delete(part.id);
    for (const box of part.querySelectorAll(boxes)) box.value = box.defaultValue;
    if (html) { const fresh = made(html); part.replaceWith(fresh); (fresh.querySelector("a, button, input") || fresh).focus(); }
    tick();
  });

  // -- asking for what is not here -----------------------------------------------------------------------------------
  async function ask() {
    const desk = page.querySelector("input[name=csrf]");
    const have = [...page.querySelectorAll("[data-print]")].map((one) => `${one.id}:${one.dataset.print}`).join("\n");
    const body = new URLSearchParams({ csrf: desk ? desk.value : "", have });
    const answer = await fetch(page.dataset.parts, { method: "POST", body, headers: { "X-Firstcall-Poll": "1", "X-Firstcall-Part": "1" } });
    if (answer.status === 401) return signedOut();
    if (!answer.ok) throw new Error(answer.status);
    held.clear();
    put(await answer.json());
  }
  const askQuietly = () => ask().catch(() => undefined);
  const take = (patch) => { if (put(patch).length) askQuietly(); };

  document.addEventListener("firstcall:unlocked", () => { if (!source) { alive(); listen(); askQuietly(); } });
  function signedOut() {
    drop();
    document.dispatchEvent(new CustomEvent("firstcall:locked"));
    say("You were signed out. ", "sign in again");
    return undefined;
  }

  // -- the stream ----------------------------------------------------------------------------------------------------
  let source = null;
  let late = 0;
  let since = null;
  let again = 0;
  function listen() {
    source = new EventSource(page.dataset.live);
    source.addEventListener("open", alive);
    source.addEventListener("page", (event) => { alive(); take(JSON.parse(event.data)); });
    source.addEventListener("now", (event) => { alive(); setNow(Number(event.data)); tick(); });
    source.addEventListener("error", () => {
      since = since || new Date();
      late = late || setTimeout(lost, LATE);
      if (source.readyState === EventSource.CLOSED) { clearTimeout(again); again = setTimeout(retry, 3000); }
    });
  }
  async function retry() {
    drop();
    try {
      const answer = await fetch(page.dataset.live, { headers: { Accept: "text/event-stream" }, signal: AbortSignal.timeout(5000) });
      if (answer.body) answer.body.cancel();
      if (answer.status === 401) return signedOut();
    } catch { /* not there yet */ }
    listen();
    return undefined;
  }
  function drop() { if (source) source.close(); source = null; }
  function alive() {
    clearTimeout(late); clearTimeout(again); late = 0; again = 0; since = null;
    if (state && state.dataset.is !== "live") { state.dataset.is = "live"; state.textContent = "Live"; page.classList.remove("not-live"); }
  }
  function lost() {
    late = 0;
    say(`Not live since ${since.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}; trying again. `, "reload");
  }
  function say(text, link) {
    page.classList.add("not-live");
    if (!state || state.dataset.is === text) return;
    state.dataset.is = text;
    const way = document.createElement("a");
    way.href = location.href; way.textContent = link;
    state.replaceChildren(text, way);
  }
  // A page that is left closes its stream; one that comes back out of the browser's memory opens it again.
  addEventListener("pagehide", drop);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  addEventListener("online", () => { if (source && source.readyState !== EventSource.OPEN) retry(); });

  // -- clocks --------------------------------------------------------------------------------------------------------
  function setNow(seconds) { ahead = seconds * 1000 - Date.now(); }
  function spoken(seconds) {
    if (seconds > -60 && seconds <= 0) return "now";
    const many = Math.abs(Math.ceil(seconds / 60));
    const span = many < 60 ? `${many} min` : `${Math.floor(many / 60)} h${many % 60 ? ` ${many % 60} min` : ""}`;
    return seconds > 0 ? `in ${span}` : `${span} ago`;
  }
  function tick() {
    const now = Math.floor((Date.now() + ahead) / 1000);
    for (const clock of page.querySelectorAll(".countdown[data-at]")) {
      const left = Number(clock.dataset.at) - now;
      const text = spoken(left);
      if (clock.firstElementChild.textContent !== text) clock.firstElementChild.textContent = text;
      clock.classList.toggle("soon", left <= 300);
    }
    for (const due of page.querySelectorAll(".due[data-at]")) {
      const text = Number(due.dataset.at) < now ? " (late)" : "";
      if (due.firstElementChild.textContent !== text) due.firstElementChild.textContent = text;
    }
  }

  // -- pressing ------------------------------------------------------------------------------------------------------
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-press]")) return;
    event.preventDefault();
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(form, button));
    const to = button && button.hasAttribute("formaction") ? button.formAction : form.action;
    if (button) button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(to, { method: "POST", body, headers: { "X-Firstcall-Part": "1" } });
      if (answer.status === 401) { signedOut(); return; }
      if (!(answer.headers.get("content-type") || "").includes("json")) throw new Error("That did not count. Reload the page and look whether it was done.");
      const came = await answer.json();
      note(came.kind, came.text);
      if (came.kind === "done") for (const box of form.elements) if (box.matches(boxes) && box.type !== "checkbox") { if (box.tagName === "SELECT") delete box.dataset.changed; box.value = box.defaultValue; }
      await ask();
      document.body.dispatchEvent(new CustomEvent("firstcall", { detail: { mine: true } }));
    } catch (error) {
      note("problem", error.message.startsWith("That") ? error.message : "The office does not answer; nothing is known of this press. Try again in a moment.");
    } finally {
      if (button) button.removeAttribute("aria-busy");
    }
  });

  function note(kind, text) {
    const place = document.getElementById("note");
    if (!place) return;
    const line = document.createElement("p");
    line.className = `note ${kind}`;
    line.setAttribute("role", kind === "problem" ? "alert" : "status");
    const title = document.createElement("b");
    title.textContent = { done: "Done.", problem: "Not possible.", newer: "Somebody was quicker." }[kind] || "Note.";
    line.append(title, ` ${text}`);
    place.replaceChildren(line);
    if (kind === "done") setTimeout(() => line.remove(), SAID); // it lies over the rows; what went wrong stays
  }

  // What a text costs, said by the server while it is written.
  let asking = 0;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches || !box.matches("textarea[data-cost]")) return;
    clearTimeout(asking);
    asking = setTimeout(async () => {
      const token = document.querySelector("input[name=csrf]").value;
      const root = page.dataset.parts.replace(/\/(child|messages)\/.*/, "");
      try {
        const answer = await fetch(`${root}/messages/cost`, { method: "POST", body: new URLSearchParams({ csrf: token, text: box.value }), headers: { "X-Firstcall-Part": "1" } });
        const line = document.getElementById(box.dataset.cost);
        if (answer.ok && line) line.textContent = await answer.text();
      } catch { /* the next letter asks again */ }
    }, 250);
  });

  // The demo's clock and phones say by this event that something happened.
  document.addEventListener("firstcall", (event) => { if (!event.detail || !event.detail.mine) askQuietly(); });
  for (const one of document.querySelectorAll("[data-script-only]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-no-script]")) one.hidden = true;
  tick();
  setInterval(tick, 5000);
  listen();
})();
