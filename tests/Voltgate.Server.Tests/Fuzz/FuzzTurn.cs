namespace Voltgate.Server.Tests.Fuzz;

/// <summary>How long a fuzzer runs, by which seed, and where it tells how far it has come (.ci/nightly).</summary>
internal static class FuzzTurn
{
    private const int StandardSeed = 20_260_101;

    /// <summary>0: a fixed number of turns, as in an ordinary run.</summary>
    public static int Seconds { get; } = Number("VOLTGATE_FUZZ_SECONDS", 0);

    public static int Seed { get; } = Number("VOLTGATE_FUZZ_SEED", StandardSeed);

    public static void Tell(string line)
    {
        if (Environment.GetEnvironmentVariable("VOLTGATE_FUZZ_PROGRESS") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }

    private static int Number(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : standard;
}
