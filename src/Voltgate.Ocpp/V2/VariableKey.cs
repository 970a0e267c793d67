using System.Globalization;

namespace Voltgate.Ocpp.V2;

/// <summary>
/// The name of a variable as one text, the way configuration keys are written:
/// <c>Component[/instance][@evse[,connector]].Variable[/instance]</c>. So <c>OCPPCommCtrlr.HeartbeatInterval</c>,
/// <c>EVSE@1.AvailabilityState</c>, <c>Connector@1,2.ConnectorType</c>,
/// <c>SampledDataCtrlr.TxUpdatedMeasurands</c>, <c>NetworkConfiguration/1.OcppCsmsUrl</c>.
/// The characters <c>% . / @ ,</c> inside of a name or an instance are written as a percent sign and two hexadecimal
/// digits. It is always the attribute Actual that is meant.
/// </summary>
public sealed record VariableKey(string Component, string Variable)
{
    /// <summary>OCPP 2.x part 2: ComponentType and VariableType.</summary>
    private const int Longest = 50;

    /// <summary>Which of several components of that name; null: the only one.</summary>
    public string? ComponentInstance { get; init; }

    /// <summary>The EVSE that it is part of; null: the station.</summary>
    public int? Evse { get; init; }

    /// <summary>The connector of that EVSE; null: none.</summary>
    public int? Connector { get; init; }

    /// <summary>Which of several variables of that name; null: the only one.</summary>
    public string? VariableInstance { get; init; }

    /// <summary>Reads a key; null: it is none.</summary>
    public static VariableKey? Parse(string key)
    {
        if (key.Trim().Split('.') is not [var left, var right]) return null;
        var at = left.Split('@');
        if (at.Length > 2 || NamesOf(at[0]) is not { } component || NamesOf(right) is not { } variable) return null;
        var named = new VariableKey(component.Name, variable.Name)
        {
            ComponentInstance = component.Instance,
            VariableInstance = variable.Instance,
        };
        if (at.Length == 1) return named;
        return at[1].Split(',') switch
        {
            [var evse] when NumberOf(evse) is { } number => named with { Evse = number },
            [var evse, var connector] when NumberOf(evse) is { } number && NumberOf(connector) is { } plug =>
                named with { Evse = number, Connector = plug },
            _ => null,
        };
    }

    public override string ToString()
    {
        var evse = Evse is null ? "" : string.Create(CultureInfo.InvariantCulture, $"@{Evse}");
        var connector = Connector is null ? "" : string.Create(CultureInfo.InvariantCulture, $",{Connector}");
        return $"{Written(Component, ComponentInstance)}{evse}{connector}.{Written(Variable, VariableInstance)}";
    }

    internal static VariableKey Of(Component component, Variable variable) => new(component.Name, variable.Name)
    {
        ComponentInstance = component.Instance,
        Evse = component.Evse?.Id,
        Connector = component.Evse?.ConnectorId,
        VariableInstance = variable.Instance,
    };

    internal Component ToComponent() =>
        new(Component, Evse is { } evse ? new Evse(evse, Connector) : null, ComponentInstance);

    internal Variable ToVariable() => new(Variable, VariableInstance);

    private static string Written(string name, string? instance) =>
        instance is null ? Escaped(name) : $"{Escaped(name)}/{Escaped(instance)}";

    private static string Escaped(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal)
        .Replace("/", "%2F", StringComparison.Ordinal).Replace("@", "%40", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);

    private static (string Name, string? Instance)? NamesOf(string text) => text.Split('/') switch
    {
        [var name] when NameOf(name) is { } n => (n, null),
        [var name, var instance] when NameOf(name) is { } n && NameOf(instance) is { } i => (n, i),
        _ => null,
    };

    private static string? NameOf(string text) =>
        Uri.UnescapeDataString(text) is { Length: > 0 and <= Longest } name ? name : null;

    private static int? NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
