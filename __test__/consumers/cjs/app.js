// CommonJS, everything at its default.
const express = require('express');
const { authenticate, errorHandler, harden } = require('portcullis');
const escapeHtml = require('portcullis/escape-html');
const mongoSanitize = require('portcullis/express-mongo-sanitize');
const hpp = require('portcullis/hpp');
const jwt = require('portcullis/jsonwebtoken');

const key = 'a-secret-of-this-test-of-more-than-32-bytes';
const app = express();

app.use(harden({ preset: 'api' }), mongoSanitize(), hpp());
app.get('/health', (_req, res) => res.json({ ok: true }));
app.post('/echo', (req, res) => res.json(req.body));
app.get('/me', authenticate({ key, algorithms: ['HS256'] }), (req, res) => res.json(req.auth.claims));
app.use(errorHandler());

const token = jwt.sign(jwt.verify(jwt.sign({ sub: escapeHtml('ada') }, key, { expiresIn: '1 min' }), key), key);
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, token }));
});
