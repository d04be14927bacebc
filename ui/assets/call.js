// The page of a call: shows the questions of its kind and keeps the others, adds rows, and lets a hand-over be undone for
// ten seconds. Every field is there without it.
import { now } from "./clocks.js";

export function startCall() {
  for (const form of document.querySelectorAll("form[data-kinds]")) startForm(form);
  for (const undo of document.querySelectorAll('[data-kith="undo"]')) startUndo(undo);
}

function startForm(form) {
  const kinds = form.dataset.kinds.split(" ").map((name) => [...form.querySelectorAll(`[name="${name}"]`)]);
  const show = () => {
    for (const part of form.querySelectorAll("[data-for]")) {
      const wanted = part.dataset.for.split(" ");
      const choices = kinds.find((group) => group.some((choice) => wanted.includes(choice.value))) ?? [];
      const kind = choices.find((choice) => choice.checked)?.value;
      part.hidden = kind && !wanted.includes(kind);
    }
  };
  form.addEventListener("change", show);
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest('[data-kith="another"]');
    if (!button) return;
    event.preventDefault();
    addRow(button.closest('[data-kith="rows"]'));
    show();
  });
  show();
  if (form.querySelector('[name="once"]')?.value) form.querySelector("textarea")?.focus();
}

function addRow(rows) {
  const all = rows.querySelectorAll('[data-kith="row"]');
  const fresh = all[all.length - 1].cloneNode(true);
  const number = String(all.length + 1);
  for (const field of fresh.querySelectorAll("input, select")) {
    field.id = field.id.replace(/\d+$/, number);
    delete field.dataset.key;
    if (field.matches("select")) field.selectedIndex = 0;
    else field.value = "";
  }
  for (const label of fresh.querySelectorAll("label")) {
    label.htmlFor = label.htmlFor.replace(/\d+$/, number);
    label.querySelector(".kith-key")?.remove();
  }
  fresh.querySelector('[data-kith="number"]').textContent = number;
  all[all.length - 1].after(fresh);
  fresh.querySelector("input").focus();
}

// The form holds the call's words; it leaves the page with the last second.
function startUndo(form) {
  const until = Date.parse(form.dataset.goneAt);
  const seconds = form.querySelector('[data-kith="seconds"]');
  const tick = () => {
    const left = Math.ceil((until - now()) / 1000);
    if (left <= 0) return form.remove();
    seconds.textContent = `${left} s`;
    window.setTimeout(tick, 250);
  };
  tick();
}
