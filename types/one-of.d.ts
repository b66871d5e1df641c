/** Exactly one of some members. */
export type OneOf<T> = {
  [K in keyof T]: Required<Pick<T, K>> & { [Other in Exclude<keyof T, K>]?: undefined };
}[keyof T];
