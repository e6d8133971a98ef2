// What the bot makes of the last question: for editors.
import { h } from "./dom.js";
import { get } from "./feed.js";
import { onLanguage, t } from "./words.js";

const AFTER_MS = 250;
const KINDS = new Set(["answer", "choice", "handoff", "dialogue"]);

export class Inspector {
  #room;
  #person = null;
  #last = null;
  #found = null;
  #timer = null;
  #asked = 0;

  constructor(root, room) {
    this.#room = room;
    const available = room.config.inspector;
    this.field = h("input", { id: "inspect-text", type: "text", dir: "auto", autocomplete: "off" });
    this.news = h("div", { class: "news", role: "status" });
    this.result = h("div", { class: "result" });
    const form = h(
      "form",
      { class: "inspect-form", on: { submit: (event) => this.#submitted(event) } },
      h("label", { for: "inspect-text", t: "question" }),
      h("div", { class: "inspect-row" }, this.field, h("button", { type: "submit", t: "ask" })),
    );
    root.append(
      h("h2", { class: "pane-title", id: "inspector-title", t: "inspector" }),
      h("p", { class: "muted", t: available ? "inspectHelp" : "noInspector" }),
      ...(available ? [form, this.news, this.result] : []),
    );
    root.setAttribute("aria-labelledby", "inspector-title");
    onLanguage(() => this.#found && this.#show());
  }

  person(id) {
    this.#person = id;
  }

  /** A resident has asked something. */
  asked(person, text) {
    [this.#person, this.#last] = [person, text];
    this.field.value = text;
    clearTimeout(this.#timer);
    // The bot first stores what it learns from the message, such as the city.
    this.#timer = setTimeout(() => this.ask(), AFTER_MS);
  }

  /** The catalogue was read again. */
  reloaded({ at, files = [], problems = [] }) {
    const title = t(problems.length ? "problems" : "reloaded", { at });
    const list = problems.length ? problems : files;
    this.news.className = `news ${problems.length ? "bad" : "good"}`;
    this.news.replaceChildren(h("b", { text: title }), h("ul", {}, list.map((line) => h("li", {}, h("code", { text: line })))));
    this.ask();
  }

  #submitted(event) {
    event.preventDefault();
    this.#last = this.field.value.trim() || null;
    this.ask();
  }

  async ask() {
    if (!this.#room.config.inspector || this.#last === null || this.#person === null) return;
    const number = ++this.#asked;
    try {
      const found = await get("/room/inspect", { person: this.#person, text: this.#last });
      if (number !== this.#asked) return;
      this.#found = found;
      this.#show();
    } catch (error) {
      this.result.replaceChildren(h("p", { class: "error", text: error.message }));
    }
  }

  #show() {
    const { question, language, city, kind, candidates = [], source, lines = [] } = this.#found;
    const rows = [];
    const row = (key, ...content) => rows.push(h("dt", { text: t(key) }), h("dd", {}, content));
    if (question && question !== this.#last) row("question", h("span", { text: question, dir: "auto" }));
    if (language) row("detected", this.#language(language));
    if (city) row("city", h("b", { text: city.name ?? t("noCity"), dir: "auto" }), city.why ? h("span", { class: "muted", text: ` · ${city.why}` }) : null);
    if (kind) row("decision", h("b", { text: KINDS.has(kind) ? t(`kind${kind}`) : kind }));
    if (source) row("source", ...this.#source(source));
    this.result.replaceChildren(
      h("dl", {}, rows),
      ...(candidates.length ? [h("h3", { text: t("candidates") }), this.#table(candidates)] : []),
      ...(lines.length ? [h("h3", { text: t("explanation") }), h("pre", { tabindex: "0", text: lines.join("\n") })] : []),
    );
  }

  #language({ code, confidence, stored }) {
    const parts = [code ?? "?"];
    if (typeof confidence === "number") parts.push(`${Math.round(confidence * 100)} %`);
    if (stored) parts.push(t("stored", { language: stored }));
    return h("span", { text: parts.join(" · ") });
  }

  #source({ path, line, changed }) {
    const place = h("code", { class: "path", text: line ? `${path}:${line}` : path });
    return changed ? [place, h("span", { class: "changed", text: t("changed", { at: changed }) })] : [place];
  }

  #table(candidates) {
    const top = Math.max(...candidates.map(({ score }) => Math.abs(score ?? 0)), 1e-9);
    const lines = candidates.map(({ intent, title, score, file }) => {
      const share = h("meter", { min: "0", max: "1", "aria-hidden": "true" });
      share.value = Math.max(0, (score ?? 0) / top);
      const name = h("th", { scope: "row" }, h("span", { text: title ?? intent, dir: "auto" }), h("code", { text: file ?? intent }));
      return h("tr", {}, name, h("td", {}, h("span", { text: (score ?? 0).toFixed(3) }), share));
    });
    const head = h("tr", {}, h("th", { scope: "col", text: t("intent") }), h("th", { scope: "col", text: t("score") }));
    return h("table", {}, h("thead", {}, head), h("tbody", {}, lines));
  }
}
