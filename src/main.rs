fn main() -> std::process::ExitCode {
    deskbook::cli::main()
}
