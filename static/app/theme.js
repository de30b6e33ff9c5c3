// Chooses light or dark before the first paint; loaded in the head, without defer, on purpose.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto";
    }
  };

  const apply = () => {
    const choice = chosen();
    const theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    root.dataset.bsTheme = theme;
    root.dataset.themeChoice = choice;
    document.dispatchEvent(new CustomEvent("theme:change", { detail: theme }));
  };

  dark.addEventListener("change", apply);
  window.fixpointTheme = {
    chosen,
    choose(choice) {
      try {
        localStorage.setItem("theme", choice);
      } catch {
        root.dataset.themeChoice = choice;
      }
      apply();
    },
  };
  apply();
})();
