// The cities' outlines as SVG; latitude and longitude in degrees, equirectangular.
import { h, s } from "./dom.js";
import { t, translate } from "./words.js";

const HEIGHT = 300;
const MARGIN = 8;
const CUTOUT = [120, 66];
const STEP = 0.004;

const rings = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flat();

/** A projection and the cities of GeoJSON `borders`; `city(lat, lon)` is the name there or null. */
export class Cities {
  constructor(borders) {
    this.places = borders.features.map(({ properties, geometry }) => {
      const name = properties.name_fi ?? properties.city;
      return { name, geometry, centre: centre(rings(geometry)[0]) };
    });
    const points = this.places.flatMap(({ geometry }) => rings(geometry).flat());
    const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
    this.west = Math.min(...lons);
    this.north = Math.max(...lats);
    this.scale = (HEIGHT - 2 * MARGIN) / (this.north - Math.min(...lats));
    this.squeeze = Math.cos((this.north * Math.PI) / 180);
    this.width = Math.round((Math.max(...lons) - this.west) * this.scale * this.squeeze + 2 * MARGIN);
  }

  point(latitude, longitude) {
    const x = MARGIN + (longitude - this.west) * this.scale * this.squeeze;
    return [x, MARGIN + (this.north - latitude) * this.scale];
  }

  degrees(x, y) {
    const longitude = this.west + (x - MARGIN) / this.scale / this.squeeze;
    return { latitude: this.north - (y - MARGIN) / this.scale, longitude };
  }

  city(latitude, longitude) {
    const inside = ({ geometry }) => rings(geometry).filter((ring) => within(ring, longitude, latitude)).length % 2 === 1;
    return this.places.find(inside)?.name ?? null;
  }

  /** The whole region with names. */
  draw() {
    const svg = this.#outlines(`0 0 ${this.width} ${HEIGHT}`);
    svg.append(...this.places.map((place) => this.#name(place)));
    return svg;
  }

  /** The surroundings of a place with a pin. */
  drawAround(latitude, longitude) {
    const [x, y] = this.point(latitude, longitude);
    const [width, height] = CUTOUT;
    const svg = this.#outlines([round(x - width / 2), round(y - height * 0.6), width, height].join(" "));
    svg.append(this.pin(latitude, longitude, 0.5));
    return svg;
  }

  #outlines(viewBox) {
    const svg = s("svg", { viewBox, class: "map" });
    this.places.forEach(({ geometry }, index) => {
      const d = rings(geometry).map((ring) => `M${ring.map(([lon, lat]) => this.point(lat, lon).map(round).join(" ")).join("L")}Z`);
      svg.append(s("path", { class: `city city-${index % 4}`, d: d.join(""), "fill-rule": "evenodd" }));
    });
    return svg;
  }

  #name({ name, geometry, centre: [lon, lat] }) {
    const [x, y] = this.point(lat, lon);
    const ys = rings(geometry)[0].map(([, latitude]) => latitude);
    const small = (Math.max(...ys) - Math.min(...ys)) * this.scale < 60;
    const text = s("text", { x: round(x), y: round(small ? y - 9 : y), class: small ? "small" : "" });
    text.append(name);
    return text;
  }

  pin(latitude, longitude, size = 1) {
    const [x, y] = this.point(latitude, longitude);
    const shape = s("path", { d: "M0 0C-3-6-8-10-8-16a8 8 0 0 1 16 0c0 6-5 10-8 16z" });
    return s("g", { class: "pin", transform: `translate(${round(x)} ${round(y)}) scale(${size})` }, shape, s("circle", { cy: -16, r: 3 }));
  }
}

const round = (number) => Math.round(number * 10) / 10;

function within(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** The centre of gravity of a ring. */
function centre(ring) {
  let [area, x, y] = [0, 0, 0];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
    area += cross;
    x += (ring[j][0] + ring[i][0]) * cross;
    y += (ring[j][1] + ring[i][1]) * cross;
  }
  return [x / (3 * area), y / (3 * area)];
}

/** A dialog to choose a place on the map: {latitude, longitude}, or null if it was closed. */
export function choosePlace(cities) {
  const svg = cities.draw();
  const where = h("output", { class: "where" });
  const area = h("div", { class: "map-area", tabindex: "0", role: "application", tLabel: "map" }, svg);
  let [place, pin] = [null, null];

  const put = (latitude, longitude) => {
    place = { latitude: Number(latitude.toFixed(5)), longitude: Number(longitude.toFixed(5)) };
    pin?.remove();
    svg.append((pin = cities.pin(latitude, longitude)));
    where.textContent = `${cities.city(latitude, longitude) ?? t("outside")} · ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  };
  area.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const { latitude, longitude } = cities.degrees(point.x, point.y);
    put(latitude, longitude);
  });
  area.addEventListener("keydown", (event) => {
    const move = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -2], ArrowRight: [0, 2] }[event.key];
    if (!move) return;
    event.preventDefault();
    put(place.latitude + move[0] * STEP, place.longitude + move[1] * STEP);
  });

  const names = cities.places.map(({ name, centre: [lon, lat] }) => h("button", { class: "chip", text: name, on: { click: () => put(lat, lon) } }));
  const [lon, lat] = cities.places[0].centre;
  put(lat, lon);
  return new Promise((chosen) => {
    const done = (value) => {
      dialog.close();
      dialog.remove();
      chosen(value);
    };
    const send = h("button", { class: "primary", t: "sendLocation", on: { click: () => done(place) } });
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "map-title", on: { cancel: () => done(null) } },
      h("h2", { id: "map-title", t: "mapTitle" }),
      h("p", { class: "muted", t: "mapHelp" }),
      area,
      h("div", { class: "chips" }, names),
      where,
      h("div", { class: "actions" }, h("button", { t: "cancel", on: { click: () => done(null) } }), send),
    );
    document.body.append(dialog);
    translate(dialog);
    dialog.showModal();
  });
}
