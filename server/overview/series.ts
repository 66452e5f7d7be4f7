type Labels = { [name: string]: string | number | undefined };

/** Routes that answer a document with a suggestion; batches are as long as their client makes them. */
const SUGGESTION_ROUTES = ['/v1/summaries', '/models/:name'];

export const isSuggestion = ({ route }: Labels) => SUGGESTION_ROUTES.includes(String(route));

/** A client that sent nonsense is not an error of the service; a full queue is. */
export const isError = ({ status }: Labels) => Number(status) >= 500 || Number(status) === 429;
