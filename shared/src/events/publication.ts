/** Events. What is published, and until when (O4, V2). */
export const publicationEvents = {};
