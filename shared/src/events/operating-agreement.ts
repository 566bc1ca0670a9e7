/** Events. The operating agreement (O5–O9). */
export const operatingAgreementEvents = {};
