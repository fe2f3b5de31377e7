/**
 * Parameters whose types have been forgotten: registries hold definitions of which each has others, and whoever runs any of them has had the
 * values checked by the schema that is made of its descriptors.
 */
// biome-ignore lint/suspicious/noExplicitAny: `unknown` would fit no definition, since its functions take their own parameters.
export type ForgottenParams = any;
