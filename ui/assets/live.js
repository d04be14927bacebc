// A region that keeps itself up to date: <div id="queue" data-live-url="/queue/events">. Whenever that stream says
// "changed", this page is asked for again and the region with the same id is put in place, with the focus where it was.
const SETTLE_MS = 300;
const AGAIN_MS = 5000;

export function startLive(decorate) {
  for (const region of document.querySelectorAll("[data-live-url]")) {
    if (region.id) new Live(region, decorate);
  }
}

class Live {
  constructor(region, decorate) {
    this.region = region;
    this.decorate = decorate;
    this.lost = document.querySelector('[data-kith="live-lost"]');
    this.say = document.querySelector('[data-kith="live-say"]');
    this.open();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.plan());
  }

  open() {
    const events = new EventSource(this.region.dataset.liveUrl);
    let opened = false;
    events.addEventListener("open", () => {
      if (this.lost) this.lost.hidden = true;
      if (opened || this.wasLost) this.plan();  // what happened in between was missed
      opened = true;
      this.wasLost = false;
    });
    events.addEventListener("changed", () => this.plan());
    events.addEventListener("message", () => this.plan());
    events.addEventListener("error", () => {
      if (this.lost) this.lost.hidden = false;
      this.wasLost = true;
      if (events.readyState === EventSource.CLOSED) window.setTimeout(() => this.open(), AGAIN_MS);
    });
  }

  plan() {
    if (this.timer) return;
    this.timer = window.setTimeout(() => { this.timer = undefined; this.refresh(); }, SETTLE_MS);
  }

  async refresh() {
    try {
      const answer = await fetch(window.location.href, {
        credentials: "same-origin", headers: { "Kith-Part": this.region.id },
      });
      if (answer.redirected) return window.location.reload();  // signed out
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(this.region.id);
      if (fresh) this.replace(fresh);
    } catch {
      if (this.lost) this.lost.hidden = false;
    }
  }

  replace(fresh) {
    const held = document.activeElement;
    const inside = this.region.contains(held);
    const id = inside ? held.id : "";
    const href = inside ? held.getAttribute("href") : null;
    const same = inside ? [...this.region.querySelectorAll(`a[href="${CSS.escape(href ?? "")}"]`)].indexOf(held) : -1;
    this.region.replaceChildren(...fresh.childNodes);
    this.decorate(this.region);
    if (this.say && fresh.dataset.say && this.say.textContent !== fresh.dataset.say) this.say.textContent = fresh.dataset.say;
    if (!inside) return;
    const again = (id && document.getElementById(id)) ||
      (href && this.region.querySelectorAll(`a[href="${CSS.escape(href)}"]`)[Math.max(0, same)]);
    if (again) return again.focus({ preventScroll: true });
    this.region.tabIndex = -1;  // what had the focus is gone: stay in the list, not at the top of the page
    this.region.focus({ preventScroll: true });
  }
}
