// The room: reads who is there, puts the panes up, hands every event to those it concerns.
import { Desk } from "./desk.js";
import { h } from "./dom.js";
import { get, listen } from "./feed.js";
import { Inspector } from "./inspector.js";
import { Cities } from "./map.js";
import { Presses } from "./presses.js";
import { Resident } from "./resident.js";
import { Store } from "./store.js";
import { Stories } from "./stories.js";
import { language, LANGUAGES, onLanguage, setLanguage, t } from "./words.js";

const TABS = ["resident", "desk", "stories", "inspector"];
const one = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 719px)");

/** What the reader chose, kept for this tab of the browser only. */
const memory = {
  get: (name) => sessionStorage.getItem(name),
  set: (name, value) => sessionStorage.setItem(name, String(value)),
};

function showTab(name) {
  one("main").dataset.tab = name;
  for (const button of one("tabs").children) {
    if (button.dataset.tab === name) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  memory.set("tab", name);
  if (name === "desk") room.panes?.desk.seen();
}

function showWords() {
  one("tagline").textContent = t("tagline");
  one("lost").textContent = t("lost");
  one("tabs").setAttribute("aria-label", t("views"));
  one("languages").setAttribute("aria-label", t("pageLanguage"));
  for (const button of one("languages").children) button.setAttribute("aria-pressed", String(button.lang === language()));
}

function firstLanguage() {
  const wanted = localStorage.getItem("language") ?? navigator.language.slice(0, 2);
  return wanted in LANGUAGES ? wanted : "en";
}

const room = {
  store: new Store(),
  presses: new Presses(),
  sees: (name) => !narrow.matches || one("main").dataset.tab === name,
  onResident(id) {
    memory.set("resident", id);
    room.panes?.inspector.person(id);
  },
  onDesk: (id) => memory.set("desk", id),
  async onStory({ person, chat, thread }) {
    const { resident, desk } = room.panes;
    if (chat > 0) {
      if (resident.person?.id !== chat) await resident.choose(chat);
      showTab("resident");
      return;
    }
    if (person !== null) await desk.choose(chat).then(() => desk.beAdvisor(person));
    if (desk.deskId !== chat || (thread !== null && desk.thread !== thread)) await desk.choose(chat, thread ?? undefined);
    if (thread !== null) desk.root.dataset.open = "topic";
    showTab("desk");
  },
};

function happened(kind, payload) {
  const { resident, desk, stories, inspector } = room.panes ?? {};
  switch (kind) {
    case "lost":
      one("lost").hidden = false;
      break;
    case "again":
      one("lost").hidden = true;
      refresh();
      break;
    case "action":
      resident?.chat.isTyping(payload.chat, payload.thread);
      desk?.chat.isTyping(payload.chat, payload.thread);
      break;
    case "press":
      room.presses.began(payload);
      break;
    case "callback_answer":
      room.presses.answered(payload);
      break;
    case "person":
      resident?.update(payload);
      break;
    case "story":
      stories?.changed(payload);
      break;
    case "reloaded":
      inspector?.reloaded(payload);
      break;
    default:
      room.store.apply(kind, payload);
  }
}

/** After a lost connection everything is read again. */
async function refresh() {
  const config = await get("/room/config");
  config.residents.forEach((person) => room.panes?.resident.update(person));
  await room.store.reload();
  if (config.progress) room.panes?.stories.changed(config.progress);
}

function watchQuestions(resident, inspector) {
  room.store.on(({ kind, chat, message }) => {
    if (kind !== "message" || chat.id !== resident.person?.id || message.message.from.id !== chat.id) return;
    if (message.text && !message.text.startsWith("/")) inspector.asked(chat.id, message.text);
  });
}

async function begin() {
  for (const [code, name] of Object.entries(LANGUAGES)) {
    const choose = () => {
      localStorage.setItem("language", code);
      setLanguage(code);
    };
    one("languages").append(h("button", { lang: code, text: name, on: { click: choose } }));
  }
  one("tabs").append(...TABS.map((name) => h("button", { data: { tab: name }, t: name, on: { click: () => showTab(name) } })));
  onLanguage(showWords);
  setLanguage(firstLanguage());
  showTab(memory.get("tab") ?? "resident");

  await listen(happened);
  const config = (room.config = await get("/room/config"));
  room.cities = new Cities(config.borders);
  document.title = one("title").textContent = config.title;
  const resident = new Resident(one("resident"), room);
  const desk = new Desk(one("desk"), room);
  const stories = new Stories(one("stories"), one("storybar"), room);
  const inspector = new Inspector(one("inspector"), room);
  room.panes = { resident, desk, stories, inspector };
  room.presses.add(resident.chat);
  room.presses.add(desk.chat);
  watchQuestions(resident, inspector);

  const wanted = (name, list) => list.find((item) => String(item.id) === memory.get(name))?.id ?? list[0]?.id;
  await desk.load();
  await desk.choose(wanted("desk", config.desks));
  await resident.choose(wanted("resident", config.residents));
  document.body.dataset.ready = "true";
}

begin();
