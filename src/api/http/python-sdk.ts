/** Whether the Python SDK asks. It is told apart only where what it reads is wrong for everybody else. */
export const isPythonSdk = (userAgent: string | undefined): boolean =>
  userAgent?.startsWith('OctoLLM-Python-SDK') ?? false;
