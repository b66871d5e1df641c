/** A schema of any library that implements Standard Schema 1: zod 3.24, valibot 1, arktype 2, joi 18, yup 1.7 and newer. */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** What the library offers to others. */
  readonly '~standard': {
    /** The version of the interface. */
    readonly version: 1;
    /** The name of the library. */
    readonly vendor: string;
    /** Returns a parsed value or a list of issues, or a promise of one. */
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    /** Exists for the compiler only. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** A value that is valid, or the reasons why it is not. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: ReadonlyArray<StandardIssue> };

/** One problem of a value. */
export interface StandardIssue {
  /** A sentence for people. */
  readonly message: string;
  /** The keys and indices that lead to the problem. */
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

/** A schema of joi, from version 17. Its values are not typed. */
export interface JoiSchema {
  /** Validates a value. If the schema has `external()`, its `validateAsync()` is called. */
  validate(value: any, ...rest: any[]): { error?: any; value?: any };
}

/** A schema that `validate` takes. */
export type ValidateSchema = StandardSchema<any, any> | JoiSchema;

/** @throws {TypeError} ERR_VALIDATE_OPTION there is no schema, or a source has an unknown name */
export interface ValidateSchemas {
  /** The parameters of the route. Mount `validate` on the route: `app.use` has none. Default: not validated. */
  params?: ValidateSchema;
  /** The headers, with lower-case names. The parsed value is in `req.valid.headers` only. Default: not validated. */
  headers?: ValidateSchema;
  /** The cookies, as a cookie parser leaves them. Default: not validated. */
  cookies?: ValidateSchema;
  /** The query. Its values are strings, arrays and objects of strings. Default: not validated. */
  query?: ValidateSchema;
  /** The body, as `json()` or another parser leaves it. Joi and yup accept a missing one without `.required()`. Default: not validated. */
  body?: ValidateSchema;
}

/** @throws {TypeError} ERR_VALIDATE_OPTION  @throws {RangeError} ERR_VALIDATE_OPTION_RANGE */
export interface ValidateOptions {
  /** Most issues in a response. If there are more, it has `"more": true`. From 1 to 1,000. Default: 20. */
  maxIssues?: number;
  /**
   * `safe` replaces a message that quotes the input by a neutral one, and points to the parent of a key that the schema does not
   * allow. Compared are strings from 3 characters and numbers; keys that the pointer shows may occur. `library` sends every message, which may hold a password or a token of the request. Default: `safe`.
   */
  messages?: 'safe' | 'library';
}

/** The parsed value of a schema. `any` for joi. */
export type Validated<Schema> = Schema extends { '~standard': { types?: { output: infer Output } | undefined } }
  ? Output
  : any;

/** The request behind `validate`. */
export type ValidatedRequest<Schemas> = {
  /** The parsed value of each source. */
  [Source in keyof Schemas as Source extends 'headers' ? never : Source]: Validated<Schemas[Source]>;
};

/** What `req.valid` holds. Name the schemas for types: `req.valid as ValidValues<typeof schemas>`. */
export type ValidValues<Schemas extends ValidateSchemas = { [Source in keyof ValidateSchemas]: JoiSchema }> = {
  /** The parsed value of each source. */
  [Source in keyof Schemas]: Validated<Schemas[Source]>;
};

/** One entry of `errors` in the response, and of `err.issues`. */
export interface ValidationIssue {
  /** Where the value came from. */
  source: 'params' | 'headers' | 'cookies' | 'query' | 'body';
  /** A JSON Pointer (RFC 6901) to the problem; empty for the whole value. */
  pointer: string;
  /** A sentence for people. */
  message: string;
}

/**
 * Validates the sources of a request, in the order `params`, `headers`, `cookies`, `query`, `body`. If all are valid, the parsed
 * values are in `req.valid` and in the source itself, except headers. Otherwise `next(err)` gets 400 ERR_VALIDATE_INPUT, and
 * `errorHandler()` responds with `errors`, a list of {@link ValidationIssue}. A schema that throws, rejects or returns no result
 * causes 500 ERR_VALIDATE_SCHEMA, and so does a JSON body that no parser has read.
 *
 * # Security
 * A schema sees the value after parsing. `json()` refuses keys such as `__proto__` before; mount it in front. Keys that a schema
 * allows by a pattern, such as those of a record, are part of pointers. A message made from a hash or another code of the input is
 * not recognised as a quotation.
 *
 * @example
 * import express = require('express');
 * import { errorHandler, json, standardSchema, validate } from 'portcullis';
 *
 * const isName = standardSchema<{ name: string }>((value: any) =>
 *   typeof value?.name === 'string' ? { value: { name: value.name } } : { issues: [{ message: 'must be a text', path: ['name'] }] },
 * );
 * const app = express();
 * app.post('/users', json(), validate({ body: isName }), (req, res) => {
 *   const name: string = req.body.name;
 *   res.json({ name });
 * });
 * app.use(errorHandler());
 *
 * @throws {TypeError} ERR_VALIDATE_OPTION a schema or an option is wrong
 * @throws {RangeError} ERR_VALIDATE_OPTION_RANGE `maxIssues` is out of range
 */
export function validate<const Schemas extends ValidateSchemas>(
  schemas: Schemas,
  options?: ValidateOptions,
): (req: ValidatedRequest<Schemas>, res: any, next: (err?: any) => void) => void;

/**
 * Makes a Standard Schema of a function, for libraries that do not implement it, such as ajv.
 *
 * @example
 * import { standardSchema } from 'portcullis';
 *
 * const positive = standardSchema<number>((value) =>
 *   typeof value === 'number' && value > 0 ? { value } : { issues: [{ message: 'must be above 0' }] },
 * );
 * const schemas = { body: positive };
 *
 * @throws {TypeError} ERR_VALIDATE_OPTION `check` is not a function
 */
export function standardSchema<Output>(
  check: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>,
): StandardSchema<unknown, Output>;
