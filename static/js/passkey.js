"use strict";

// Asks the person's device for a passkey and sends its answer with the form (WebAuthn level 3). The question stands in
// the form's data-options; the answer goes into the hidden field that data-field names.
const form = document.querySelector("form[data-passkey]");
const button = form.querySelector("[data-start]");
const failed = form.querySelector("[data-failed]");

function toBytes(text) {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function toText(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function question() {
  const options = JSON.parse(form.dataset.options).publicKey;
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const key of [...(options.allowCredentials || []), ...(options.excludeCredentials || [])]) key.id = toBytes(key.id);
  return { publicKey: options };
}

function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

button.hidden = !window.PublicKeyCredential;
failed.hidden = !button.hidden;
button.addEventListener("click", async () => {
  failed.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey](question());
    form.elements[form.dataset.field].value = answer(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
});
