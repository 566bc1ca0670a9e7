/** Events. Mandates: who operates what (O10–O12). */
export const mandateEvents = {};
