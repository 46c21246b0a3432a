// Made by "npm run docs" from contract/.
export {};
