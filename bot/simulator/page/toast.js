// Short notices of the page, and the bot's answers to a pressed button.
import { h } from "./dom.js";

const SHOWN_MS = 6000;

export function toast(text, kind = "info") {
  const node = h("p", { class: `toast ${kind}`, text, dir: "auto" });
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_MS);
}

/** Shows the error of a promise that fails; undefined then. */
export async function told(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error.message, "problem");
    return undefined;
  }
}

/** A message that is to be confirmed (`show_alert`). */
export function alertBox(text) {
  const dialog = h(
    "dialog",
    { class: "dialog alert", role: "alertdialog", "aria-labelledby": "alert-text" },
    h("p", { id: "alert-text", text, dir: "auto" }),
    h("form", { method: "dialog", class: "actions" }, h("button", { class: "primary", type: "submit", t: "ok" })),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
