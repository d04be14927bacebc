// Leaving quickly: the page is hidden at once and its place in the history is taken by a neutral one, by the link or by
// pressing Shift three times.
const WITHIN_MS = 5000;

export function startExit() {
  const link = document.querySelector('[data-kith="exit"]');
  if (!link) return;

  const leave = () => {
    document.body.hidden = true;
    document.title = "";
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  let alone = false;  // Shift with another key is typing
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat;
    if (event.key !== "Shift") presses = [];
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (presses.length >= 3) leave();
  });
}
