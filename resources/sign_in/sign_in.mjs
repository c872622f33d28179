// Sign-in with LINE. Node.js 18 or later. The secret stands in the environment as LINE_SIGN_IN_SECRET, never on a page.
// On the button's page:  response.redirect(begin(session, member));
// On the return page:    const said = finish(session, query.answer);
// `session` is the visitor's session, an object kept on your server. `member` is the number of whoever is logged in, "" for nobody.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const ADDRESS = "%ADDRESS%";
const RETURN = "%RETURN%";
const SITE = ADDRESS.slice(ADDRESS.lastIndexOf("/") + 1);
const LEEWAY = 120;

/** Return where to send the browser. */
export function begin(session, member = "") {
  const state = (session.lineSignIn = randomBytes(24).toString("base64url"));
  const at = String(Math.floor(Date.now() / 1000));
  const sig = hmac(["shopdesk-sign-in", SITE, member, state, RETURN, at].join("\n")).toString("hex");
  return `${ADDRESS}?${new URLSearchParams({ member, state, return: RETURN, at, sig })}`;
}

/**
 * Return what came of it; throw where this is no answer to this visitor's request.
 *
 * `result` is linked (`sub` is the member: log them in), unknown (nobody has linked this LINE: let them log in, then begin again with
 * their number), conflict, not_friend or not_signed_in.
 */
export function finish(session, answer) {
  const state = session.lineSignIn ?? "";
  delete session.lineSignIn;
  const [head, body, signature] = String(answer).split(".");
  if (!same(Buffer.from(signature ?? "", "base64url"), hmac(`${head}.${body}`))) throw new Error("the signature is wrong");
  const said = read(body);
  const now = Date.now() / 1000;
  if (read(head).alg !== "HS256" || said.iss !== ADDRESS || said.aud !== SITE) throw new Error("the answer is not for this site");
  if (now < said.iat - LEEWAY || now > said.exp + LEEWAY) throw new Error("the answer is too old");
  if (!state || !same(Buffer.from(said.state), Buffer.from(state))) throw new Error("the answer belongs to another visitor");
  return said;
}

const hmac = (text) => {
  const secret = process.env.LINE_SIGN_IN_SECRET ?? "";
  if (!secret) throw new Error("LINE_SIGN_IN_SECRET is not set"); // with an empty one everybody could sign
  return createHmac("sha256", secret).update(text).digest();
};
const same = (one, other) => one.length === other.length && timingSafeEqual(one, other);
const read = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
