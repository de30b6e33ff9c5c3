// The composer and the ticket page: sending by keyboard, and looking up who else is there.
(() => {
  const LOOKS_EVERY = 10_000;

  // ---- Ctrl-Enter sends the form that is being filled in ----------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form[data-quick-send]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });

  // ---- Drafts: what is kept on the server need not be guarded by a question -----------------------
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id !== "composer-kept" || !event.detail.successful) return;
    document.dispatchEvent(new CustomEvent("fx:kept"));
  });

  // ---- Files: dropped on the composer, pasted into it, or chosen; each is kept at once --------------
  const upload = (files) => {
    const place = document.getElementById("composer-files");
    if (!place || !files.length) return;
    window.htmx.ajax("POST", place.dataset.upload, {
      target: place,
      swap: "outerHTML",
      source: place,
      values: { files: [...files] },
    });
  };

  document.addEventListener("change", (event) => {
    if (!event.target.matches("#composer-files input[type=file]")) return;
    upload(event.target.files);
  });

  document.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    if (!files?.length || !event.target.closest("#composer")) return;
    event.preventDefault();
    upload(files);
  });

  for (const moved of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(moved, (event) => {
      const composer = event.target.closest?.("#composer");
      if (!composer || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      composer.classList.toggle("is-dropping", moved === "dragover");
      if (moved === "drop") upload(event.dataTransfer.files);
    });
  }

  // ---- Who else is here: asked for while somebody looks, never in a tab that is hidden -------------
  const look = () => {
    if (document.visibilityState !== "visible") return;
    const place = document.getElementById("ticket-here");
    if (place) window.htmx.trigger(place, "fx:look");
  };

  // ---- j and k walk through a list of tickets -------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    const isTyping = event.target.closest("input, textarea, select, dialog[open]");
    if (!step || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...document.querySelectorAll("[data-walk] .worklist-link")];
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? links[0] : links[at + step];
    next?.focus();
  });

  setInterval(look, LOOKS_EVERY);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.id !== "ticket-here") return;
    const body = document.querySelector("#composer textarea[name=note-body]");
    if (body && body.value.trim()) event.detail.parameters.writing = "yes";
  });
})();
