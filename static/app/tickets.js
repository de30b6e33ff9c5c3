// The composer: Ctrl-Enter sends the form that is being filled in.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form[data-quick-send]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});
