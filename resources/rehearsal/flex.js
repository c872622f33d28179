// Flex Messages: bubbles and carousels of boxes, drawn by LINE's own sizes.

import { el, picture, tappable } from "/rehearsal/page/draw.js";
import { tapping } from "/rehearsal/page/taps.js";

const BUBBLES = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };
const TEXTS = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const IMAGES = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220, full: "100%" };
const GAPS = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const ROUND = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const LINES = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const SIDES = { start: "flex-start", end: "flex-end", center: "center", top: "flex-start", bottom: "flex-end" };

// A length of LINE's: one of its words, pixels or percent; undefined for anything else.
function length(value, names) {
  if (value in names) return typeof names[value] === "number" ? `${names[value]}px` : names[value];
  return /^\d+(\.\d+)?(px|%)$/.test(value ?? "") ? value : undefined;
}

function colour(value) {
  return /^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(value ?? "") ? value : undefined;
}

function style(made, wanted) {
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) made.style[name] = value;
}

export function flex(container, place) {
  if (container.type === "bubble") return bubble(container, place);
  return el("div", "strip", ...container.contents.map((one) => bubble(one, place)));
}

function bubble(one, place) {
  const made = el("div", "flexed");
  made.style.width = `${BUBBLES[one.size] ?? BUBBLES.mega}px`;
  made.dir = one.direction ?? "ltr";
  for (const name of ["header", "hero", "body", "footer"]) if (one[name]) made.append(block(name, one[name], one.styles?.[name] ?? {}, place, one));
  return one.action ? tappable(made, tapping(one.action, place)) : made;
}

function block(name, content, look, place, whole) {
  const made = component(content, null, place);
  if (name !== "hero") {
    const usual = { header: "20px", body: whole.footer ? "19px 20px 10px" : "19px 20px", footer: "10px" }[name];
    if (!content.paddingAll) made.style.padding = usual;
    paddings(made, content);
  }
  style(made, { backgroundColor: colour(look.backgroundColor) ?? colour(content.backgroundColor) });
  if (look.separator) made.style.borderTop = `1px solid ${colour(look.separatorColor) ?? "#d4d6da"}`;
  if (name === "body") made.style.flexGrow = "1";
  return made;
}

function component(one, parent, place) {
  const made = KINDS[one.type](one, parent, place);
  placed(made, one, parent);
  return one.action && one.type !== "button" ? tappable(made, tapping(one.action, place)) : made;
}

// How a component stands in its box: its share, its margin, its place.
function placed(made, one, parent) {
  const across = parent && parent.layout !== "vertical";
  const share = one.flex ?? (across && !["separator", "icon"].includes(one.type) && !one.width ? 1 : 0);
  if (parent && one.type !== "separator") style(made, share ? { flex: `${share} 1 0`, minWidth: "0" } : { flex: across ? "none" : "0 0 auto" });
  if (parent && !across && share) made.style.flexBasis = "auto";
  const margin = length(one.margin, GAPS);
  if (margin !== undefined) made.style[across ? "marginInlineStart" : "marginTop"] = margin;
  if (one.position === "absolute") made.style.position = "absolute";
  for (const [side, name] of [["Top", "top"], ["Bottom", "bottom"], ["Start", "insetInlineStart"], ["End", "insetInlineEnd"]]) {
    const offset = length(one[`offset${side}`], GAPS);
    if (offset !== undefined) { made.style[name] = offset; if (!made.style.position) made.style.position = "relative"; }
  }
  if (across && one.gravity) made.style.alignSelf = SIDES[one.gravity];
}

const KINDS = {
  box(one, _parent, place) {
    const made = el("div", `box ${one.layout}`);
    const gap = length(one.spacing, GAPS);
    one.contents.forEach((inner, number) => {
      const drawn = component(inner, one, place);
      if (number && gap && inner.margin === undefined) drawn.style[one.layout === "vertical" ? "marginTop" : "marginInlineStart"] = gap;
      made.append(drawn);
    });
    style(made, {
      width: length(one.width, {}), height: length(one.height, {}), maxWidth: length(one.maxWidth, {}), maxHeight: length(one.maxHeight, {}),
      justifyContent: one.justifyContent, alignItems: one.alignItems, backgroundColor: colour(one.backgroundColor), borderRadius: length(one.cornerRadius, ROUND),
      overflow: one.cornerRadius ? "hidden" : undefined,
    });
    const border = length(one.borderWidth, LINES);
    if (border) made.style.border = `${border} solid ${colour(one.borderColor) ?? "#000000"}`;
    gradient(made, one.background);
    paddings(made, one);
    return made;
  },
  text(one) {
    const made = el("div", `text ${one.wrap ? "" : "one"}`);
    if (one.contents?.length) made.append(...one.contents.map((span) => letters(el("span", "", span.text ?? ""), span)));
    else made.textContent = one.text ?? "";
    letters(made, { size: "md", ...one });
    style(made, { textAlign: one.align, lineHeight: one.lineSpacing ? `calc(1.4em + ${length(one.lineSpacing, {}) ?? "0px"})` : undefined });
    if (one.wrap && one.maxLines) { made.classList.add("lines"); made.style.webkitLineClamp = String(one.maxLines); }
    return made;
  },
  image(one) {
    const made = el("span", "image", picture(one.url));
    const [wide, high] = (one.aspectRatio ?? "1:1").split(":").map(Number);
    const width = length(one.size ?? "md", IMAGES);
    style(made, { width, aspectRatio: wide > 0 && high > 0 ? `${wide} / ${high}` : "1", backgroundColor: colour(one.backgroundColor) });
    style(made, { alignSelf: SIDES[one.align ?? "center"] });
    made.firstChild.style.objectFit = one.aspectMode === "cover" ? "cover" : "contain";
    return made;
  },
  video(one) {
    const [wide, high] = (one.aspectRatio ?? "20:13").split(":").map(Number);
    const made = el("span", "image media", picture(one.previewUrl), el("span", "play", "▶"));
    style(made, { width: "100%", maxWidth: "none", borderRadius: "0", aspectRatio: `${wide} / ${high}` });
    return made;
  },
  icon(one) {
    const made = picture(one.url, "icon");
    made.style.height = length(one.size ?? "md", TEXTS);
    return made;
  },
  button(one, _parent, place) {
    const made = el("button", `button ${one.style ?? "link"} ${one.height ?? "md"}`, one.action.label ?? "");
    const tint = colour(one.color);
    style(made, (one.style ?? "link") === "link" ? { color: tint } : { backgroundColor: tint });
    return tappable(made, tapping(one.action, place));
  },
  separator(one) {
    const made = el("div", "separator");
    style(made, { backgroundColor: colour(one.color) });
    return made;
  },
  filler: () => el("div", "filler"),
};

function letters(made, one) {
  style(made, {
    fontSize: one.size ? length(one.size, TEXTS) : undefined, color: colour(one.color), fontWeight: one.weight === "bold" ? "700" : undefined,
    fontStyle: one.style === "italic" ? "italic" : undefined, textDecoration: one.decoration,
  });
  return made;
}

function paddings(made, one) {
  for (const [side, name] of [["All", "padding"], ["Top", "paddingTop"], ["Bottom", "paddingBottom"], ["Start", "paddingInlineStart"], ["End", "paddingInlineEnd"]]) {
    style(made, { [name]: length(one[`padding${side}`], GAPS) });
  }
}

function gradient(made, background) {
  if (background?.type !== "linearGradient" || !/^\d+(\.\d+)?deg$/.test(background.angle ?? "")) return;
  const stops = [background.startColor, background.centerColor, background.endColor].map(colour).filter(Boolean);
  if (stops.length > 1) made.style.backgroundImage = `linear-gradient(${background.angle}, ${stops.join(", ")})`;
}
