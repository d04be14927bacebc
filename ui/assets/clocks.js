// Keeps "11 min left" and "1 min 12 s" true while a page stands open. The words are those of spoken() and clock_until()
// in src/web/components.cpp. Time is the server's: <body data-now> says how far this machine's clock is off.
const served = Date.parse(document.body.dataset.now ?? "");
const off = Number.isNaN(served) ? 0 : Date.now() - served;
export const now = () => Date.now() - off;

export function spoken(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 1) return "less than 1 min";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}

export function clockUntil(until, at, soonMinutes) {
  if (at >= until) return { pressure: "late", text: `Late by ${spoken(at - until)}` };
  const left = `${spoken(until - at)} left`;
  return {
    pressure: until - at <= soonMinutes * 60000 ? "soon" : "calm",
    text: left.charAt(0).toUpperCase() + left.slice(1),
  };
}

export function elapsed(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-until]")) {
    const { pressure, text } = clockUntil(Date.parse(clock.dataset.until), now(), Number(clock.dataset.soon));
    setText(clock.querySelector(".kith-clock__text"), text);
    for (const each of ["calm", "soon", "late"]) clock.classList.toggle(`kith-clock--${each}`, each === pressure);
  }
  for (const since of document.querySelectorAll("[data-since]")) {
    setText(since, elapsed(now() - Date.parse(since.dataset.since)));
  }
}

export function startClocks() {
  tick();
  window.setInterval(tick, 1000);
}
