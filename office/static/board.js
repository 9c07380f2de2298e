"use strict";
// The board's filter, its ticks, and its keys. The server does the same for a page without a script (office/board/finding.py).
(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const rows = () => [...board.querySelectorAll("[data-rows] > .row")];
  for (const row of rows()) row.tabIndex = -1; // by keys alone; live.js does it for rows that come later
  const visible = () => rows().filter((row) => !row.hidden && !row.closest("[hidden]"));

  // -- filter --------------------------------------------------------------------------------------------------------
  const form = document.getElementById("filter");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").split(/\s+/).filter(Boolean).join(" ");
  function shows(row, wanted) {
    if (!row.dataset.group) return false;
    const letters = plain(wanted.find || "");
    const names = row.dataset.names || plain(row.querySelector("h3").textContent);
    return (!wanted.group || row.dataset.group === wanted.group)
      && (!wanted.year || (row.dataset.year || String(parseInt(row.dataset.group, 10))) === wanted.year)
      && (!wanted.house || row.dataset.house === wanted.house)
      && (!wanted.tier || row.hasAttribute("data-tier"))
      && (letters.length >= 3 ? names.includes(letters) : names.split(" ").some((name) => name.startsWith(letters)));
  }
  function filter() {
    if (!form) return;
    const wanted = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
    const all = !Object.keys(wanted).length;
    let shown = 0;
    const every = rows();
    for (const row of every) {
      row.hidden = !all && !shows(row, wanted);
      shown += !row.hidden;
    }
    document.getElementById("filtered").hidden = all;
    const text = `${shown} of ${every.length} shown`;
    const count = document.getElementById("filtered-count");
    if (count.textContent !== text) count.textContent = text;
    const people = document.getElementById("find-people");
    if (people) { people.hidden = !wanted.find; people.search = new URLSearchParams({ find: wanted.find || "" }); }
    const query = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }
  if (form) {
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => { event.preventDefault(); filter(); const first = visible()[0]; if (first) first.focus(); });
    document.getElementById("filter-off").addEventListener("click", (event) => { event.preventDefault(); clear(); });
  }
  function clear() {
    if (!form) return;
    for (const box of form.elements) if (box.type === "checkbox") box.checked = false; else if (box.name) box.value = "";
    filter();
  }

  // -- ticks ---------------------------------------------------------------------------------------------------------
  const ticks = () => [...board.querySelectorAll("input[form=accept][type=checkbox]")];
  function count() {
    const many = ticks().filter((one) => one.checked && !one.closest(".row").hidden).length;
    for (const place of board.querySelectorAll("[data-ticked]")) place.textContent = many;
    const button = document.getElementById("confirm-sure");
    if (button) button.disabled = !many;
  }
  board.addEventListener("change", (event) => { if (event.target.matches("input[form=accept]")) count(); });
  // What a filter hides is not confirmed unseen.
  board.addEventListener("formdata", (event) => {
    if (event.target.id !== "accept") return;
    const chosen = ticks().filter((one) => one.checked && !one.closest(".row").hidden).map((one) => one.value);
    event.formData.delete("pupil");
    for (const value of chosen) event.formData.append("pupil", value);
  });

  document.addEventListener("firstcall:parts", () => { filterQuietly(); count(); });
  function filterQuietly() { if (form && [...new FormData(form)].some(([, value]) => value.trim())) filter(); }

  // -- keys ----------------------------------------------------------------------------------------------------------
  const help = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  const KEPT = "firstcall.keys";
  const remembered = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
  on.checked = remembered() !== "off";
  on.addEventListener("change", () => { try { localStorage.setItem(KEPT, on.checked ? "on" : "off"); } catch { /* this page only */ } });
  document.getElementById("keys-button").addEventListener("click", () => help.showModal());

  function go(step) {
    const every = visible();
    if (!every.length) return;
    const here = document.activeElement.closest ? document.activeElement.closest(".row") : null;
    const place = every.indexOf(here);
    const next = place < 0 ? (step > 0 ? 0 : every.length - 1) : Math.min(every.length - 1, Math.max(0, place + step));
    every[next].focus({ preventScroll: true });
    every[next].scrollIntoView({ block: "nearest" });
  }
  function band(number) {
    const name = ["act", "read", "confirm", "wait", "settled"][number - 1];
    const row = visible().find((one) => one.closest(`.band.${name}`));
    const target = row || board.querySelector(`.band.${name}:not([hidden]) h2`);
    if (target) { target.focus({ preventScroll: true }); target.scrollIntoView({ block: "nearest" }); }
  }
  const typing = (target) => target.matches("textarea, select, [contenteditable]") || (target.matches("input") && !["checkbox", "radio"].includes(target.type));

  document.addEventListener("keydown", (event) => {
    const target = event.target.matches ? event.target : document.body;
    if (target.matches("input[form=accept]") && event.key === "Enter") { event.preventDefault(); return; }
    if (event.key === "Escape" && target.id === "find") { clear(); go(1); return; }
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || typing(target) || document.querySelector("dialog[open]")) return;
    const row = target.closest(".row");
    const done = (() => {
      switch (event.key) {
        case "?": help.showModal(); return true;
        case "/": if (form) form.elements.find.focus(); return Boolean(form);
        case "j": go(1); return true;
        case "k": go(-1); return true;
        case "ArrowDown": if (!row) return false; go(1); return true;
        case "ArrowUp": if (!row) return false; go(-1); return true;
        case "C": { const all = document.getElementById("confirm-sure"); if (all && !all.disabled) all.click(); return true; }
        case "Enter": if (target !== row || !row) return false; { const link = row.querySelector("h3 a"); if (link) link.click(); } return true;
        case "x": { const tick = row && row.querySelector("input[form=accept]"); if (tick) tick.click(); return Boolean(tick); }
        case "0": { const first = document.querySelector("#board-top :is(button, a.button, summary)"); if (first) { first.focus(); first.scrollIntoView({ block: "center" }); } return Boolean(first); }
        case "1": case "2": case "3": case "4": case "5": band(Number(event.key)); return true;
        default: {
          const button = row && /^[a-z]$/.test(event.key) ? row.querySelector(`[data-key="${event.key}"]`) : null;
          if (button) button.click();
          return Boolean(button);
        }
      }
    })();
    if (done) event.preventDefault();
  });
  count();
  // Back from a child's story: to the row that was left, as a key would.
  const left = location.hash.startsWith("#row-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (left) { left.focus({ preventScroll: true }); left.scrollIntoView({ block: "center" }); }
})();
