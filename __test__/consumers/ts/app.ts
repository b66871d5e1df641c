// TypeScript, compiled once for each way in which it looks up modules.
import express from 'express';
import { authenticate, createSigner, errorHandler, harden } from 'portcullis';

const key = 'a-secret-of-this-test-of-more-than-32-bytes';
const app = express();

app.use(harden({ preset: 'api' }));
app.get('/health', (_req, res) => {
  res.json({ ok: true });
});
app.post('/echo', (req, res) => {
  res.json(req.body);
});
app.get('/me', authenticate({ key, algorithms: ['HS256'] }), (req, res) => {
  res.json((req as unknown as { auth: { claims: unknown } }).auth.claims);
});
app.use(errorHandler());

const token: string = createSigner({ key, algorithm: 'HS256', expiresInSeconds: 60 }).sign({ sub: 'ada' });
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === 'object' && address?.port, token }));
});
