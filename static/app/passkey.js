// Says it on the page when the browser cannot make or read a passkey.
document.addEventListener("allauth.error", (event) => {
  const told = document.getElementById("passkey-failed");
  if (!told) return;
  event.preventDefault();
  told.hidden = false;
});
