// Asks the browser for a passkey and sends the answer with the form. It speaks to no other place, and keeps nothing.
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const question = () => {
    const told = JSON.parse(form.dataset.options);
    const asked = { ...told, challenge: bytes(told.challenge) };
    if (told.user) return { ...asked, user: { ...told.user, id: bytes(told.user.id) }, excludeCredentials: named(told.excludeCredentials) };
    return { ...asked, allowCredentials: named(told.allowCredentials) };
  };

  const answer = (key) => {
    const response = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
      if (key.response[part]) response[part] = text(key.response[part]);
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
  };

  const show = (name, shown) => {
    const element = document.getElementById(name);
    if (element) element.hidden = !shown;
  };

  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    show("passkey-failed", false);
    try {
      const publicKey = question();
      const key = await (form.dataset.passkey === "new" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      form.elements.answer.value = answer(key);
      form.requestSubmit();
    } catch {
      // The person closed the browser's own window, or no device answered.
      show("passkey-failed", true);
    }
  });

  form.hidden = false;
  show("without-passkeys", false);
})();
