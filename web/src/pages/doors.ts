/** The pages that let somebody in. They share most of what they are made of, so they come as one. */
export { default as FirstRun } from './first-run/page';
export { default as Login } from './login/page';
export { default as Recover } from './recover/page';
export { default as SignUp } from './signup/page';
