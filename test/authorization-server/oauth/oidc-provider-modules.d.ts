/** Internal modules, imported directly because the package's entry prints a warning about the Node release whenever it is loaded. */
declare module 'oidc-provider/lib/provider.js' {
  import Provider from 'oidc-provider';
  export { Provider };
}

declare module 'oidc-provider/lib/helpers/errors.js' {
  import { errors } from 'oidc-provider';
  export const InvalidGrant: typeof errors.InvalidGrant;
  export const InvalidTarget: typeof errors.InvalidTarget;
  export const SlowDown: typeof errors.SlowDown;
  export const UseDpopNonce: typeof errors.UseDpopNonce;
  export const CustomOIDCProviderError: typeof errors.CustomOIDCProviderError;
}
