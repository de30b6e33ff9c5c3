// Countdowns to a due time: [data-due] holds the moment, its [data-left] the words. They tick here,
// so that no page asks the server for the time.
(() => {
  const MINUTE = 60_000;
  const tones = ["tone-good", "tone-warn", "tone-bad"];

  const words = (minutes, day) => {
    const sign = minutes < 0 ? "-" : "";
    const whole = Math.abs(minutes);
    const hours = Math.floor(whole / 60);
    if (hours >= 48) return `${sign}${Math.floor(hours / 24)} ${day} ${hours % 24} h`;
    if (!hours) return `${sign}${whole} min`;
    const rest = whole % 60;
    return rest ? `${sign}${hours} h ${String(rest).padStart(2, "0")}` : `${sign}${hours} h`;
  };

  const tick = (clock) => {
    const now = Date.now();
    const due = Date.parse(clock.dataset.due);
    const late = Date.parse(clock.dataset.late);
    const left = clock.querySelector("[data-left]") || clock;
    const text = words(Math.ceil((due - now) / MINUTE), clock.dataset.day || "d");
    if (left.textContent !== text) left.textContent = text;
    if (!clock.classList.contains("tone")) return;
    const tone = now > due ? "tone-bad" : now >= late ? "tone-warn" : "tone-good";
    if (clock.classList.contains(tone)) return;
    clock.classList.remove(...tones);
    clock.classList.add(tone);
  };

  const tickAll = (root) => root.querySelectorAll("[data-due]").forEach(tick);
  document.addEventListener("DOMContentLoaded", () => tickAll(document));
  document.addEventListener("htmx:load", (event) => tickAll(event.detail.elt));
  document.addEventListener("visibilitychange", () => tickAll(document));
  setInterval(() => tickAll(document), 10_000);
})();
