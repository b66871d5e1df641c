'use strict';

// What a request may say. Each reader takes the raw value and gives back one that the routes can trust, or throws a 400.

const { Problem } = require('./problem');

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
// Linear: no two neighbouring parts can match the same character.
const EMAIL = /^[^\s@,;:<>()[\]"\\]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const refuse = (detail) => {
  throw new Problem(400, detail);
};

/** An object with exactly these members, so that no member (`roles`, say) is ever taken along unread. */
function readMembers(body, names) {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) refuse('The body must be a JSON object');
  for (const name of Object.keys(body)) {
    if (!names.includes(name)) refuse(`The body may have only these members: ${names.join(', ')}`);
  }
  return body;
}

/** Postgres stores neither NUL nor lone surrogates; other control characters have no place in text either. */
function readText(value, name, { min = 1, max }) {
  if (typeof value !== 'string') refuse(`${name} must be a string`);
  if (value.length < min || value.length > max) refuse(`${name} must have ${min} to ${max} characters`);
  if (CONTROL.test(value) || !value.isWellFormed()) refuse(`${name} must not have control characters`);
  return value;
}

function readEmail(value) {
  const email = readText(value, 'email', { min: 3, max: 254 }).toLowerCase();
  return EMAIL.test(email) ? email : refuse('email must be an e-mail address');
}

function readUuid(value, name) {
  return typeof value === 'string' && UUID.test(value) ? value : refuse(`${name} must be a UUID in lower case`);
}

/** @param {unknown} value a query string's member: text, absent, or repeated */
function readCount(value, name, { fallback, max }) {
  if (value === undefined) return fallback;
  const count = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  return count >= 1 && count <= max ? count : refuse(`${name} must be a whole number from 1 to ${max}`);
}

/** A middleware: puts the credentials of the body into `res.locals`. */
function readCredentials(req, res, next) {
  const body = readMembers(req.body, ['email', 'password']);
  res.locals.credentials = {
    email: readEmail(body.email),
    password: readText(body.password, 'password', { min: 12, max: 256 }),
  };
  next();
}

module.exports = { readCredentials, readCount, readEmail, readMembers, readText, readUuid };
