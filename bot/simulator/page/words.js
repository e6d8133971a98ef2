// The page's own texts. Names of the bot, people and stories come from the server.

export const LANGUAGES = { en: "English", fi: "Suomi" };
const LOCALES = { en: "en-GB", fi: "fi-FI" };

const TEXTS = {
  tagline: ["The bot without Telegram: nothing you write leaves this machine.", "Botti ilman Telegramia: mikään kirjoittamasi ei lähde tältä koneelta."],
  pageLanguage: ["Language of this page", "Sivun kieli"],
  views: ["Views", "Näkymät"],
  lost: ["No connection to the server. Trying again …", "Ei yhteyttä palvelimeen. Yritetään uudelleen …"],
  resident: ["Resident", "Asukas"],
  residentPane: ["A resident's phone", "Asukkaan puhelin"],
  chooseResident: ["Who is writing", "Kuka kirjoittaa"],
  desk: ["Desk", "Neuvonta"],
  deskPane: ["An advice desk's group", "Neuvontapisteen ryhmä"],
  chooseDesk: ["Desk", "Neuvontapiste"],
  chooseAdvisor: ["Advisor", "Neuvoja"],
  stories: ["Stories", "Tarinat"],
  inspector: ["Inspector", "Tutkain"],
  messages: ["Messages", "Viestit"],
  messagesOf: ["Messages: {name}", "Viestit: {name}"],
  topics: ["Topics", "Aiheet"],
  general: ["General", "Yleinen"],
  closed: ["closed", "suljettu"],
  unread: ["{n} new", "{n} uutta"],
  noTopics: ["No ticket yet. When a resident asks for a person, its topic appears here.", "Ei vielä tikettejä. Kun asukas pyytää ihmistä, tiketin aihe tulee tähän."],
  back: ["Back to the topics", "Takaisin aiheisiin"],
  bot: ["bot", "botti"],
  typing: ["{name} is writing …", "{name} kirjoittaa …"],
  pinned: ["Pinned", "Kiinnitetty"],
  edited: ["edited", "muokattu"],
  you: ["You", "Sinä"],
  note: ["Note · stays in the group", "Muistiinpano · jää ryhmään"],
  forwarded: ["Forwarded from {name}", "Välitetty: {name}"],
  replyTo: ["Reply to {name}", "Vastaus: {name}"],
  goTo: ["Show the message", "Näytä viesti"],
  reply: ["Reply", "Vastaa"],
  edit: ["Edit", "Muokkaa"],
  editing: ["Editing your message", "Muokkaat viestiäsi"],
  cancel: ["Cancel", "Peruuta"],
  close: ["Close", "Sulje"],
  ok: ["OK", "OK"],
  newMessages: ["New messages", "Uusia viestejä"],
  write: ["Write a message", "Kirjoita viesti"],
  writeDesk: ["Message, // for a note", "Viesti, // = muistiinpano"],
  writeGeneral: ["Write to the desk", "Kirjoita neuvontapisteelle"],
  send: ["Send", "Lähetä"],
  attach: ["Attach", "Liitä"],
  commands: ["Commands", "Komennot"],
  photo: ["Photo", "Valokuva"],
  voice: ["Voice message", "Ääniviesti"],
  file: ["File", "Tiedosto"],
  video: ["Video", "Video"],
  audio: ["Audio", "Ääni"],
  sticker: ["Sticker", "Tarra"],
  location: ["Location", "Sijainti"],
  contact: ["Contact", "Yhteystieto"],
  seconds: ["{n} s", "{n} s"],
  start: ["Start", "Aloita"],
  empty: ["No messages yet.", "Ei vielä viestejä."],
  more: ["More", "Lisää"],
  block: ["Block the bot", "Estä botti"],
  unblock: ["Unblock the bot", "Poista esto"],
  blocked: ["{name} has blocked the bot.", "{name} on estänyt botin."],
  keyboard: ["Buttons under the text field", "Painikkeet tekstikentän alla"],
  opensLink: ["opens a page", "avaa sivun"],
  pressed: ["pressed", "painettu"],
  spoiler: ["Hidden text: press to show", "Piilotettu teksti: paina näyttääksesi"],
  topicOpened: ["{name} opened the topic “{topic}”", "{name} avasi aiheen ”{topic}”"],
  topicRenamed: ["The topic is now “{topic}”", "Aiheen nimi on nyt ”{topic}”"],
  topicClosed: ["{name} closed the topic", "{name} sulki aiheen"],
  topicReopened: ["{name} opened the topic again", "{name} avasi aiheen uudelleen"],
  joined: ["{who} joined the group", "{who} liittyi ryhmään"],
  left: ["{who} left the group", "{who} poistui ryhmästä"],
  service: ["A change in the group", "Muutos ryhmässä"],
  mapTitle: ["Where are you?", "Missä olet?"],
  mapHelp: ["Click the map, press a city, or move the cross with the arrow keys.", "Napsauta karttaa, paina kaupunkia tai siirrä ristiä nuolinäppäimillä."],
  map: ["Map of the cities", "Kartta kaupungeista"],
  mapOf: ["Map: {name}", "Kartta: {name}"],
  outside: ["outside the four cities", "neljän kaupungin ulkopuolella"],
  sendLocation: ["Send this location", "Lähetä tämä sijainti"],
  play: ["Play", "Toista"],
  step: ["Step", "Askel"],
  goOn: ["Go on", "Jatka"],
  stop: ["Stop", "Lopeta"],
  stepOf: ["Step {step} of {of}", "Askel {step}/{of}"],
  steps: ["{n} steps", "{n} askelta"],
  playing: ["plays", "käynnissä"],
  waiting: ["waits for the next step", "odottaa seuraavaa askelta"],
  done: ["finished", "valmis"],
  failed: ["went wrong", "epäonnistui"],
  stopped: ["stopped", "lopetettu"],
  follow: ["Show where the story happens", "Näytä, missä tarina tapahtuu"],
  pace: ["Pace", "Tahti"],
  slow: ["slow", "hidas"],
  normal: ["normal", "tavallinen"],
  fast: ["fast", "nopea"],
  noStories: ["This room has no stories.", "Tässä huoneessa ei ole tarinoita."],
  noInspector: ["This room has no inspector.", "Tässä huoneessa ei ole tutkainta."],
  inspectHelp: ["What the bot makes of the resident's last question; or try another text.", "Mitä botti tekee asukkaan viimeisestä kysymyksestä; voit kokeilla myös muuta tekstiä."],
  question: ["Question", "Kysymys"],
  ask: ["Inspect", "Tutki"],
  detected: ["Language", "Kieli"],
  stored: ["stored: {language}", "tallennettu: {language}"],
  city: ["City", "Kaupunki"],
  noCity: ["not known", "ei tiedossa"],
  decision: ["Decision", "Päätös"],
  kindanswer: ["answers directly", "vastaa suoraan"],
  kindchoice: ["offers a choice", "tarjoaa vaihtoehtoja"],
  kindhandoff: ["hands over to a person", "ohjaa ihmiselle"],
  kinddialogue: ["talks: a greeting, thanks and the like", "juttelee: tervehdys, kiitos ja muu sellainen"],
  candidates: ["Candidates", "Ehdokkaat"],
  intent: ["Intent", "Aihe"],
  score: ["Score", "Pisteet"],
  source: ["Source of the answer", "Vastauksen lähde"],
  line: ["line {n}", "rivi {n}"],
  explanation: ["Explanation", "Selitys"],
  changed: ["changed on disk, reloaded {at}", "muutettu levyllä, ladattu uudelleen {at}"],
  reloaded: ["Changed on disk, reloaded {at}", "Muutettu levyllä, ladattu uudelleen {at}"],
  problems: ["Changed on disk at {at}, not taken into use:", "Muutettu levyllä {at}, ei otettu käyttöön:"],
};

const COMMANDS = {
  start: ["begin from the start", "aloita alusta"],
  topics: ["choose a question from a list", "valitse kysymys luettelosta"],
  city: ["tell where you live", "kerro, missä asut"],
  language: ["change the language", "vaihda kieli"],
  human: ["talk to a person", "juttele ihmisen kanssa"],
  status: ["what the bot knows of you", "mitä botti tietää sinusta"],
  privacy: ["how your messages are used", "miten viestejäsi käytetään"],
  mydata: ["get everything that is stored", "hae kaikki tallennettu"],
  delete: ["delete everything that is stored", "poista kaikki tallennettu"],
  help: ["how this bot works", "miten botti toimii"],
};
const TOPIC_COMMANDS = {
  take: ["take the ticket", "ota tiketti"],
  release: ["give it back to the queue", "palauta jonoon"],
  transfer: ["move it: /transfer espoo", "siirrä: /transfer espoo"],
  answer: ["send a ready answer: /answer tax-card", "lähetä valmis vastaus: /answer tax-card"],
  close: ["close the ticket", "sulje tiketti"],
  reopen: ["open it again", "avaa uudelleen"],
  who: ["who has what", "kenellä on mikä"],
  queue: ["who waits", "ketkä odottavat"],
};
const GENERAL_COMMANDS = { queue: TOPIC_COMMANDS.queue, desk: ["link this group: /desk espoo", "liitä ryhmä: /desk espoo"] };

let current = "en";
const listeners = new Set();

export const language = () => current;
export const locale = () => LOCALES[current];

/** The text of a key with its {values}. */
export function t(key, values = {}) {
  const texts = TEXTS[key];
  if (!texts) throw new Error(`no text ${key}`);
  return texts[current === "fi" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** A text that the server gives as a string or by language. */
export function said(words) {
  if (typeof words === "string" || !words) return words || "";
  return words[current] ?? words.en ?? Object.values(words)[0] ?? "";
}

/** Commands that are nothing without an argument. */
const UNFINISHED = new Set(["transfer", "answer", "desk"]);

const listed = (table) =>
  Object.entries(table).map(([command, texts]) => ({
    command,
    description: texts[current === "fi" ? 1 : 0],
    unfinished: UNFINISHED.has(command),
  }));

export const commands = () => listed(COMMANDS);
export const deskCommands = (general) => listed(general ? GENERAL_COMMANDS : TOPIC_COMMANDS);

export function setLanguage(code) {
  current = code in LANGUAGES ? code : "en";
  document.documentElement.lang = current;
  translate(document);
  listeners.forEach((listener) => listener());
}

export function onLanguage(listener) {
  listeners.add(listener);
}

/** Fills in data-t (text), data-t-label (aria-label and tooltip) and data-t-placeholder below a node. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) label(node, t(node.dataset.tLabel));
  for (const node of root.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}

export function label(node, text) {
  node.setAttribute("aria-label", text);
  if (node.tagName === "BUTTON") node.title = text;
}
