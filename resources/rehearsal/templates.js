// Buttons, confirm, carousels, and pictures with areas to tap.

import { el, picture, tappable } from "/rehearsal/page/draw.js";
import { tapping } from "/rehearsal/page/taps.js";

const KINDS = {
  buttons: (one, place) => card(one, one, place),
  confirm: (one, place) => el("div", "card", el("div", "text", one.text), el("div", "pair", ...one.actions.map((action) => act(action, place)))),
  carousel: (one, place) => el("div", "strip", ...one.columns.map((column) => card(column, one, place))),
  image_carousel: (one, place) => el("div", "strip", ...one.columns.map((column) => tile(column, place))),
};

export function template(one, place) {
  return KINDS[one.type](one, place);
}

function act(action, place) {
  return tappable(el("button", "act", action.label ?? ""), tapping(action, place));
}

function card(one, look, place) {
  const made = el("div", "card");
  if (one.thumbnailImageUrl) {
    const shot = el("span", `shot ${look.imageAspectRatio === "square" ? "square" : ""} ${look.imageSize === "contain" ? "contain" : ""}`, picture(one.thumbnailImageUrl));
    if (/^#[0-9a-f]{6}$/i.test(one.imageBackgroundColor ?? "")) shot.style.background = one.imageBackgroundColor;
    made.append(shot);
  }
  const text = el("div", "text", one.title ? el("b", "", one.title) : null, one.text);
  made.append(one.defaultAction ? tappable(text, tapping(one.defaultAction, place)) : text);
  made.append(...one.actions.map((action) => act(action, place)));
  return made;
}

function tile(column, place) {
  const label = column.action.label;
  return tappable(el("button", "tile", picture(column.imageUrl), label ? el("span", "", label) : null), tapping(column.action, place));
}

export function imagemap(message, place) {
  const { width, height } = message.baseSize;
  const made = el("div", "imagemap", picture(`${message.baseUrl}/700`));
  made.style.aspectRatio = `${width} / ${height}`;
  made.setAttribute("aria-label", message.altText);
  made.append(...message.actions.map((action) => area(action.area, width, height, action.label, tapping(action, place))));
  return made;
}

export function richMenu(menu) {
  const { width, height } = menu.size;
  const made = el("div", "richmenu", picture(`/rehearsal/menus/${menu.id}`));
  made.style.aspectRatio = `${width} / ${height}`;
  made.append(...menu.areas.map((one, number) => area(one.bounds, width, height, one.action.label, tapping(one.action, { menu: menu.id, area: number + 1 }))));
  return made;
}

function area(bounds, width, height, label, act) {
  const made = el("button", "area");
  made.setAttribute("aria-label", label ?? "");
  Object.assign(made.style, {
    left: `${(100 * bounds.x) / width}%`, top: `${(100 * bounds.y) / height}%`,
    width: `${(100 * bounds.width) / width}%`, height: `${(100 * bounds.height) / height}%`,
  });
  return tappable(made, act);
}
