"use strict";
// What the pages cannot do without a script. Everything works when this file does not run.

// A part of a page that refreshes itself waits while somebody types in it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.elt;
  if (part.tagName === "FORM" || !part.querySelectorAll) return;
  for (const box of part.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (box.tagName !== "SELECT" && box.type !== "radio" && box.value !== box.defaultValue) {
      event.preventDefault();
      return;
    }
  }
});

// What was opened stays open, and a thread that was at its end stays there.
let opened = new Set();
document.addEventListener("htmx:beforeSwap", (event) => {
  opened = new Set([...event.detail.target.querySelectorAll("details[open][id]")].map((one) => one.id));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of opened) {
    const one = document.getElementById(id);
    if (one) one.open = true;
  }
  toTheEnd();
});

function toTheEnd() {
  for (const thread of document.querySelectorAll("[data-newest-last]")) thread.scrollTop = thread.scrollHeight;
}

// A select that goes by itself when it changes; without a script its button does it.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-go]")) event.target.form.requestSubmit();
});

// A sent message leaves its box.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.elt.matches("form[data-clear]")) event.detail.elt.reset();
});

// Enter sends, Shift and Enter begins a line.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea[data-enter]")) {
    event.preventDefault();
    if (event.target.value.trim()) event.target.form.requestSubmit();
  }
});

// Keys of a child's story; whoever switched the board's keys off has none here either.
document.addEventListener("keydown", (event) => {
  if (!document.querySelector(".hotkeys") || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.matches("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  try { if (localStorage.getItem("firstcall.keys") === "off") return; } catch { /* on */ }
  const one = /^[a-z]$/.test(event.key) && document.querySelector(`[data-hotkey="${event.key}"]`);
  if (!one) return;
  event.preventDefault();
  if (one.matches("details")) { one.open = true; one.querySelector("select, textarea, input:not([type=hidden])").focus(); }
  else if (one.matches("select")) one.focus();
  else one.click();
});

// A link to a section that is folded opens it, and whatever is folded around it. (Browsers do so for what lies inside.)
function unfold() {
  let one = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (; one; one = one.parentElement?.closest("details.fold")) if (one.matches("details.fold")) one.open = true;
}
addEventListener("hashchange", unfold);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']"), all = event.target.closest("[data-fold]");
  if (link && link.hash === location.hash) unfold();
  if (all) for (const one of document.querySelectorAll("details.fold")) one.open = all.dataset.fold === "open";
});

document.addEventListener("DOMContentLoaded", () => {
  toTheEnd();
  unfold();
  const form = location.hash === "#settle" && document.querySelector("#settle select");
  if (form) form.focus();
  for (const one of document.querySelectorAll(".all-at-once[data-script-only]")) one.hidden = false;
});
