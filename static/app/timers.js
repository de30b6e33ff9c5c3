// Clocks that go on: the server says how many seconds there are, the browser only shows more of them.
(() => {
  const shown = (seconds) => {
    const two = (number) => String(number).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  };

  const tick = () => {
    for (const clock of document.querySelectorAll("[data-ticking]")) {
      clock.dataset.since ||= String(Date.now());
      const passed = Math.floor((Date.now() - Number(clock.dataset.since)) / 1000);
      clock.textContent = shown(Number(clock.dataset.ticking) + Math.max(0, passed));
    }
  };

  tick();
  setInterval(tick, 1000);
})();
