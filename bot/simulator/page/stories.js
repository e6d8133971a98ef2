// Guided stories: the list, and the bar that tells what happens while one plays.
import { h, icon, iconButton } from "./dom.js";
import { post } from "./feed.js";
import { told } from "./toast.js";
import { onLanguage, said, t } from "./words.js";

const PACES = { slow: 4, normal: 2, fast: 0.6 };
const UNDER_WAY = new Set(["playing", "waiting"]);

export class Stories {
  #room;
  #progress;
  #seen = false;

  /** `room.onStory(progress)` is called for steps that happen somewhere, if the reader follows. */
  constructor(root, bar, room) {
    this.#room = room;
    this.#progress = room.config.progress;
    this.bar = bar;
    this.list = h("ul", { class: "stories" });
    this.follow = h("input", { id: "follow", type: "checkbox", checked: true });
    this.pace = h("select", { id: "pace" }, Object.keys(PACES).map((key) => h("option", { value: key, t: key })));
    this.pace.value = "normal";
    const settings = h(
      "div",
      { class: "settings" },
      h("label", { class: "check" }, this.follow, h("span", { t: "follow" })),
      h("label", { class: "check" }, h("span", { t: "pace" }), this.pace),
    );
    root.append(h("h2", { class: "pane-title", id: "stories-title", t: "stories" }), settings, this.list);
    root.setAttribute("aria-labelledby", "stories-title");
    bar.setAttribute("aria-labelledby", "stories-title");
    // Only what changes is read out: the caption, not the buttons beside it.
    this.words = h("div", { class: "story-words", role: "status" });
    this.meter = h("progress", { tLabel: "stories" });
    this.buttons = h("div", { class: "story-buttons" });
    bar.append(this.words, this.meter, this.buttons);
    this.#show();
    onLanguage(() => this.#show());
  }

  /** A `story` event. */
  changed(progress) {
    this.#progress = progress;
    this.#seen = true;
    this.#show();
    if (progress.chat !== undefined && UNDER_WAY.has(progress.state) && this.follow.checked) this.#room.onStory(progress);
  }

  #play(id) {
    return told(post("/room/story", { id, pause: PACES[this.pace.value] }));
  }

  #step(id) {
    if (UNDER_WAY.has(this.#progress?.state) && this.#progress.id === id) return told(post("/room/story/step"));
    return told(post("/room/story", { id, pause: null }));
  }

  #stop() {
    return told(post("/room/story/stop"));
  }

  #show() {
    const stories = this.#room.config.stories;
    this.list.replaceChildren(...stories.map((story) => this.#entry(story)));
    if (!stories.length) this.list.append(h("li", { class: "empty", text: t("noStories") }));
    this.#showBar();
  }

  #entry(story) {
    const title = said(story.title);
    const own = this.#progress?.id === story.id ? this.#progress : null;
    const active = own !== null && UNDER_WAY.has(own.state);
    const button = (name, key, run) => h("button", { class: "small", data: { act: name }, "aria-label": `${t(key)}: ${title}`, on: { click: run } }, icon(name), t(key));
    const node = h(
      "li",
      { class: `story ${own?.state ?? ""}`, data: { story: story.id } },
      h("h3", { text: title, dir: "auto" }),
      h("p", { text: said(story.about), dir: "auto" }),
      h("p", { class: "muted", text: own ? `${t("stepOf", own)} · ${t(own.state)}` : t("steps", { n: story.steps }) }),
      own?.error ? h("pre", { class: "error", tabindex: "0", text: own.error }) : null,
      h(
        "div",
        { class: "story-buttons" },
        button("play", active && own.state === "waiting" ? "goOn" : "play", () => this.#play(story.id)),
        button("step", "step", () => this.#step(story.id)),
        active ? button("stop", "stop", () => this.#stop()) : null,
      ),
    );
    return this.#keepFocus(story.id, node);
  }

  /** The list is drawn anew at every step; the focus stays on the same button. */
  #keepFocus(id, node) {
    const focused = document.activeElement?.closest?.(`[data-story="${CSS.escape(id)}"] [data-act]`)?.dataset.act;
    if (focused) queueMicrotask(() => (node.querySelector(`[data-act="${focused}"]`) ?? node.querySelector("[data-act]")).focus());
    return node;
  }

  #showBar() {
    const progress = this.#progress;
    const story = this.#room.config.stories.find((one) => one.id === progress?.id);
    const active = UNDER_WAY.has(progress?.state);
    // A story that ended before this page was opened is no news.
    this.bar.hidden = !story || !(active || this.#seen);
    if (!story) return;
    this.bar.dataset.state = progress.state;
    const caption = said(progress.caption);
    const lines = [h("b", { text: `${t("stepOf", progress)}${progress.state === "playing" ? "" : ` · ${t(progress.state)}`} · ${said(story.title)}`, dir: "auto" })];
    if (caption) lines.push(h("span", { class: "caption", text: caption, dir: "auto" }));
    if (progress.error) lines.push(h("span", { class: "error", text: progress.error }));
    this.words.replaceChildren(...lines);
    this.meter.max = progress.of;
    this.meter.value = progress.step;
    const focused = this.buttons.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    const make = (name, key, run) => iconButton(name, key, run, { "data-act": name });
    this.buttons.replaceChildren(
      ...(active
        ? [make("play", "goOn", () => this.#play(story.id)), make("step", "step", () => this.#step(story.id)), make("stop", "stop", () => this.#stop())]
        : [make("close", "close", () => (this.bar.hidden = true))]),
    );
    if (focused) (this.buttons.querySelector(`[data-act="${focused}"]`) ?? this.buttons.firstChild).focus();
  }
}
