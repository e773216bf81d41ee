// Shows what needs passkeys where the browser has them, and says in words when one was not used.
(() => {
  const known = "credentials" in navigator && "PublicKeyCredential" in window;
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = !known;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = known;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const fault of document.querySelectorAll("[data-passkey-fault]")) {
      fault.hidden = false;
      fault.focus();
    }
  });
})();
