// The story of `npm start`, told on a running stack: its addresses are the argument, the story is what it prints.
import { story } from '@gongshu/cli/story';

await story(JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof story>[0]);
