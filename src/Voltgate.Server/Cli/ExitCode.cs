namespace Voltgate.Server.Cli;

/// <summary>How a command ended, in the words of sysexits.h.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>What was to be checked is not as it was written.</summary>
    public const int Tampered = 65;

    /// <summary>The platform to simulate stations against let none of them in.</summary>
    public const int Unavailable = 69;

    /// <summary>The store cannot be used: unreachable, full, or of another version.</summary>
    public const int Store = 74;

    /// <summary>A setting is wrong.</summary>
    public const int Config = 78;
}
