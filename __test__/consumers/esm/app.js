// An ECMAScript module: Node reads the names of a CommonJS package without running it.
import express from 'express';
import { authenticate, createSigner, errorHandler, harden } from 'portcullis';

const key = 'a-secret-of-this-test-of-more-than-32-bytes';
const app = express();

app.use(harden({ preset: 'api' }));
app.get('/health', (_req, res) => res.json({ ok: true }));
app.post('/echo', (req, res) => res.json(req.body));
app.get('/me', authenticate({ key, algorithms: ['HS256'] }), (req, res) => res.json(req.auth.claims));
app.use(errorHandler());

const token = createSigner({ key, algorithm: 'HS256', expiresInSeconds: 60 }).sign({ sub: 'ada' });
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, token }));
});
