// A form that saves as it is typed: <form data-autosave-url="...">. What has changed is posted with the form's hidden
// fields, at most every two seconds, at once when a field is left or the page is hidden, and again until it is taken.
// With data-autosave="whole" every field is posted each time. The state stands in [data-kith="saved"], whose data-
// attributes hold the words. An answer of 422 says in plain text what keeps it from being saved. An answer in HTML holds
// regions of the page, marked data-part, as they stand now; its Content-Location is where the page stands from now on.
const EVERY_MS = 2000;
const AGAIN_MS = [2000, 4000, 8000, 15000, 30000];

export function startAutosave() {
  for (const form of document.querySelectorAll("form[data-autosave-url]")) new Autosave(form);
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.querySelector('[data-kith="saved"]');
    this.changed = new Set();
    this.failures = 0;
    this.lastSent = -Infinity;
    this.sending = false;
    this.stopped = false;
    form.addEventListener("input", (event) => this.note(event));
    form.addEventListener("change", (event) => this.note(event));
    form.addEventListener("focusout", () => this.send());
    form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.send());
    window.addEventListener("online", () => this.send());
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.stopped = false; });
    window.addEventListener("beforeunload", (event) => {
      if (this.changed.size > 0 && !this.stopped) event.preventDefault();
    });
  }

  note(event) {
    const field = event.target;
    if (!field.name || field.type === "file" || field.type === "hidden" || field.type === "password") return;
    this.changed.add(field.name);
    this.say("unsaved");
    this.plan(Math.max(0, this.lastSent + EVERY_MS - performance.now()));
  }

  plan(ms) {
    if (this.timer || this.stopped) return;
    this.timer = window.setTimeout(() => { this.timer = undefined; this.send(); }, ms);
  }

  stop() {
    this.stopped = true;
    window.clearTimeout(this.timer);
    this.timer = undefined;
  }

  body(names) {
    const all = new FormData(this.form);
    const body = new URLSearchParams();
    if (this.form.dataset.autosave === "whole") return new URLSearchParams(all);
    for (const hidden of this.form.querySelectorAll('input[type="hidden"]')) body.append(hidden.name, hidden.value);
    for (const name of names) {
      const values = all.getAll(name);
      // A box that was cleared is said to be empty, not left out.
      for (const value of values.length > 0 ? values : [""]) body.append(name, value);
    }
    return body;
  }

  async send() {
    if (this.sending || this.stopped || this.changed.size === 0) return;
    window.clearTimeout(this.timer);
    this.timer = undefined;
    const names = [...this.changed];
    this.changed.clear();
    this.sending = true;
    this.lastSent = performance.now();
    const outcome = await this.post(names);
    this.sending = false;
    if (outcome === "saved") {
      this.failures = 0;
      if (this.changed.size > 0) this.plan(EVERY_MS);
      else this.say("saved");
      return;
    }
    for (const name of names) this.changed.add(name);
    this.say(outcome);
    if (outcome === "refused" || outcome === "invalid") return;
    this.plan(AGAIN_MS[Math.min(this.failures++, AGAIN_MS.length - 1)]);
  }

  async post(names) {
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST", body: this.body(names), credentials: "same-origin", redirect: "manual",
        keepalive: document.visibilityState === "hidden", headers: { "Kith-Autosave": "1" },
      });
      if (answer.ok) {
        await this.take(answer);
        return "saved";
      }
      if (answer.status === 422) {
        this.why = await answer.text();
        return "invalid";
      }
      // Signed out, handed over or not ours: trying again would not help, and what was typed stays in the page.
      return answer.status >= 500 || answer.status === 429 ? "offline" : "refused";
    } catch {
      return "offline";
    }
  }

  async take(answer) {
    const at = answer.headers.get("Content-Location");
    if (at && at !== window.location.pathname) {
      window.history.replaceState(null, "", at);
      this.form.action = this.form.dataset.autosaveUrl = at;
    }
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const fresh of page.querySelectorAll("[data-part]")) {
      const old = document.getElementById(fresh.id);
      if (old && !old.contains(document.activeElement) && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    }
  }

  say(state) {
    if (!this.status) return;
    const words = state === "invalid" ? this.why : this.status.dataset[state] ?? state;
    const clock = new Date().toLocaleTimeString("en-GB", { timeZone: "Europe/London" });
    const text = state === "saved" ? `${words} ${clock}` : words;
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.dataset.state = state;
  }
}
