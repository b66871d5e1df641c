// TypeScript, compiled once for each way in which it looks up modules.
import express from 'express';
import { authenticate, errorHandler, harden } from 'portcullis';
import escapeHtml from 'portcullis/escape-html';
import mongoSanitize from 'portcullis/express-mongo-sanitize';
import hpp from 'portcullis/hpp';
import jwt, { type JwtPayload, sign } from 'portcullis/jsonwebtoken';
import xss from 'portcullis/xss-clean';

const key = 'a-secret-of-this-test-of-more-than-32-bytes';
const app = express();

app.use(harden({ preset: 'api' }));
app.use(
  mongoSanitize({ onSanitize: ({ req, key }) => console.error(req.path, key) }),
  hpp({ whitelist: 'tag' }),
  xss(),
);
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

const claims: JwtPayload | string = jwt.verify(sign({ sub: escapeHtml('ada') }, key, { expiresIn: '1 min' }), key);
const token: string = sign(claims, key);
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === 'object' && address?.port, token }));
});
