// Chooses light or dark before the first paint; loaded in the head, without defer, on purpose.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  // What was saved with the person counts on every device; who is not signed in has the device's.
  let choice = root.dataset.themeChoice;

  const chosen = () => {
    try {
      return choice || localStorage.getItem("theme") || "auto";
    } catch {
      return choice || "auto";
    }
  };

  const apply = () => {
    const wanted = chosen();
    const theme = wanted === "auto" ? (dark.matches ? "dark" : "light") : wanted;
    root.dataset.bsTheme = theme;
    root.dataset.themeChoice = wanted;
    document.dispatchEvent(new CustomEvent("theme:change", { detail: theme }));
  };

  dark.addEventListener("change", apply);
  window.fixpointTheme = {
    chosen,
    choose(wanted) {
      choice = wanted;
      try {
        localStorage.setItem("theme", wanted);
      } catch {
        // Private windows keep nothing; the person's own choice is saved all the same.
      }
      apply();
    },
  };
  apply();
})();
