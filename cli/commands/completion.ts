import type { Command, Option } from 'commander';
import { exit } from '../exit.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Prints a script that completes commands and options in a shell. */
export async function completion(shell: Shell, precis: Command): Promise<number> {
  process.stdout.write({ bash, zsh, fish }[shell](precis));
  return exit.done;
}

const visible = (command: Command): Option[] => command.options.filter(({ hidden }) => !hidden);
const names = (command: Command) =>
  visible(command)
    .flatMap(({ long }) => long ?? [])
    .concat('--help')
    .join(' ');

/** What may stand first behind a command: one of its own commands, or of its argument's choices. */
const firstWords = (command: Command): readonly string[] =>
  command.commands.length > 0
    ? command.commands.map((one) => one.name())
    : (command.registeredArguments[0]?.argChoices ?? []);

/** Bash asks before each word; what follows a flag with choices is one of them. */
function bash(precis: Command): string {
  const cases = precis.commands.map(
    (command) =>
      `    ${command.name()}) words="${[...firstWords(command), names(command)].join(' ')}" ;;`,
  );
  const choices = precis.commands.flatMap((command) =>
    visible(command).flatMap(({ long, argChoices }) =>
      argChoices ? [`    ${long}) words="${argChoices.join(' ')}" ;;`] : [],
    ),
  );
  return `# precis completion bash >> ~/.bashrc
_precis() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${precis.commands.map((command) => command.name()).join(' ')} --help --version"
  else case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac; fi
  case "$before" in
${[...new Set(choices)].join('\n')}
  esac
  case "$word" in
    -*) ;;
    *) [ "$COMP_CWORD" -gt 1 ] && case "$words" in --*) words="" ;; esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _precis precis
`;
}

function zsh(precis: Command): string {
  const quote = (text: string) => text.replace(/'/g, "'\\''").replace(/[[\]:]/g, '\\$&');
  const commands = precis.commands.map(
    (command) => `    '${command.name()}:${quote(command.description())}'`,
  );
  const cases = precis.commands.map((command) => {
    const options = visible(command).map(({ long, description, argChoices, required }) => {
      const value = argChoices
        ? `:value:(${argChoices.join(' ')})`
        : required
          ? ':value:_files'
          : '';
      return `      '${long}[${quote(description)}]${value}'`;
    });
    const first = firstWords(command);
    const rest =
      first.length > 0 ? `      '1:first:(${first.join(' ')})'` : "      '*:file:_files'";
    return `    ${command.name()}) _arguments \\\n${[...options, rest].join(' \\\n')} ;;`;
  });
  return `#compdef precis
# precis completion zsh > "\${fpath[1]}/_precis"
_precis() {
  local -a commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _precis precis
`;
}

function fish(precis: Command): string {
  const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const lines = precis.commands.flatMap((command) => [
    `complete -c precis -n __fish_use_subcommand -a ${command.name()} -d ${quote(command.description())}`,
    ...firstWords(command).map(
      (word) => `complete -c precis -n '__fish_seen_subcommand_from ${command.name()}' -fa ${word}`,
    ),
    ...visible(command).map(({ long, description, argChoices, required }) => {
      const value = argChoices ? ` -xa ${quote(argChoices.join(' '))}` : required ? ' -r' : '';
      const name = long?.slice(2);
      return `complete -c precis -n '__fish_seen_subcommand_from ${command.name()}' -l ${name} -d ${quote(description)}${value}`;
    }),
  ]);
  return `# precis completion fish > ~/.config/fish/completions/precis.fish\n${lines.join('\n')}\n`;
}
