/** Events. The yearly evaluation (V1, V2). */
export const evaluationEvents = {};
