/** A middleware for Express 4 and Express 5. */
export type RequestHandler = (req: any, res: any, next: (err?: unknown) => void) => void;
