// An ECMAScript module: Node reads the names of a CommonJS package without running it.
import express from 'express';
import { authenticate, errorHandler, harden } from 'portcullis';
import escapeHtml from 'portcullis/escape-html';
import mongoSanitize, { has } from 'portcullis/express-mongo-sanitize';
import hpp from 'portcullis/hpp';
import jwt, { sign } from 'portcullis/jsonwebtoken';

const key = 'a-secret-of-this-test-of-more-than-32-bytes';
const app = express();

app.use(harden({ preset: 'api' }), mongoSanitize({ dryRun: has({}) }), hpp());
app.get('/health', (_req, res) => res.json({ ok: true }));
app.post('/echo', (req, res) => res.json(req.body));
app.get('/me', authenticate({ key, algorithms: ['HS256'] }), (req, res) => res.json(req.auth.claims));
app.use(errorHandler());

const token = sign(jwt.verify(jwt.sign({ sub: escapeHtml('ada') }, key, { expiresIn: '1 min' }), key), key);
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, token }));
});
