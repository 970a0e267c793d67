using Voltgate.Domain.Stations;

namespace Voltgate.Server.Stations;

/// <summary>
/// Whoever knows charging contracts (ISO 15118, Plug &amp; Charge) and makes the certificates that stations show to
/// vehicles. It answers while a station waits, so it takes no longer than Contracts:TimeoutSeconds.
/// </summary>
internal interface IContractProvider
{
    /// <summary>Called before the first question.</summary>
    Task Open(CancellationToken cancel);

    /// <summary>Whoever cannot tell says so: <see cref="ContractAdvice.None"/>.</summary>
    Task<ContractAdvice> Ask(string station, ContractQuestion question);

    /// <summary>A certificate that the station shows to vehicles; the chain in PEM, its own first.</summary>
    /// <param name="csr">PEM; its own key has signed it, and is strong enough.</param>
    /// <exception cref="InvalidOperationException">It could not be made; worth another try later.</exception>
    Task<string> Sign(string station, string csr, CancellationToken cancel);
}

/// <summary>There is none.</summary>
internal sealed class NoContracts : IContractProvider
{
    public Task Open(CancellationToken cancel) => Task.CompletedTask;

    public Task<ContractAdvice> Ask(string station, ContractQuestion question) => Task.FromResult(ContractAdvice.None);

    public Task<string> Sign(string station, string csr, CancellationToken cancel) =>
        throw new InvalidOperationException("Contracts:Provider is not set.");
}
