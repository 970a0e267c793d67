using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp;

/// <summary>The first thing that was wrong with a payload. Field: its path, "" for the payload itself.</summary>
public sealed record Violation(RpcErrorCode Code, string Field, string Message)
{
    public override string ToString() => Field.Length == 0 ? Message : $"{Field}: {Message}";
}

/// <summary>What one reading of a payload found out, shared by all the objects inside it.</summary>
internal sealed class Findings(bool lenient, Edition edition)
{
    /// <summary>Nonsense in a transaction message is kept, not refused (OCPP 1.6 §4.8: always respond).</summary>
    public bool Lenient { get; } = lenient;

    public Edition Edition { get; } = edition;

    public Violation? First { get; private set; }

    /// <summary>The first nonsense that was kept, null: none.</summary>
    public string? Doubt { get; private set; }

    public int Seen { get; set; }

    public int Known { get; set; }

    public void Report(RpcErrorCode code, string path, string name, string message) =>
        First ??= new Violation(code, path.Length == 0 ? name : $"{path}.{name}", message);

    public void Question(string path, string name, string message) =>
        Doubt ??= path.Length == 0 ? $"{name}: {message}" : $"{path}.{name}: {message}";
}
