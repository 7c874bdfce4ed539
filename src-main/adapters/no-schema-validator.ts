/**
 * Stands in the bundle for the JSON schema validator that electron-store would load at every start and use only with its
 * `schema` option. This console parses what it reads by its own schemas.
 */
export default function noSchemaValidator(): never {
  throw new Error('electron-store is used without its schema option');
}
export { noSchemaValidator as Ajv2020 };
