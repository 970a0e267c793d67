using Dapper;
using Voltgate.Domain.Payments;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Holds a driver's money before the session is made, so that no two sessions spend the same. A hold that no session
/// took is given back: at once where the start is refused, by the WalletKeeper where a crash came between.
/// </summary>
internal sealed class WalletHolds(WalletStore wallets, Database database, Committer committer, Entropy entropy)
{
    private const int Attempts = 20;

    private static readonly Refusal Missing = new(405, "wallet_missing", "User does not have a wallet");
    private static readonly Refusal TooLittle = new(
        405, "wallet_minimum_balance", "User does not have minimum balance");

    /// <summary>The documented answer where the connector is not billed in the wallet's currency.</summary>
    public static readonly Refusal OtherCurrency = new(
        405, "wallet_currency_mismatch", "Wallet currency does not match the rate currency");

    public static readonly IReadOnlyList<(int, string)> Refusals =
        [(405, Missing.Code), (405, TooLittle.Code), (405, OtherCurrency.Code)];

    /// <summary>All that the wallet has free, if it is the organisation's minimum at least.</summary>
    public async Task<Outcome<SessionPayment>> Take(Call call, string user)
    {
        var minimum = await Minimum(call);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await wallets.Find(call.Organization, user, call.Cancel) is not { } wallet) return Missing;
            if (wallet.Available < Math.Max(1, minimum)) return TooLittle;
            var payment = new SessionPayment(
                entropy.NewId(), wallet.Id, wallet.Currency, wallet.Available, entropy.NowMs);
            var unit = WalletWrites.Hold(call.Organization, payment, wallet.Version);
            if (await committer.Commit(unit) == CommitStatus.Done) return payment;
        }

        return Refusal.Raced;
    }

    public Task Release(SessionPayment payment) =>
        committer.Commit(WalletWrites.Release(payment.Id, payment.Wallet, payment.Authorized));

    private async Task<long> Minimum(Call call)
    {
        await using var connection = await database.Open(call.Cancel);
        var body = await connection.QuerySingleAsync<string>(
            "select body from organizations where id = @id", new { id = call.Organization });
        return Wire.Read(body, WireContext.Default.OrganizationResource).MinimumBalanceToStartSession!.Value;
    }
}
